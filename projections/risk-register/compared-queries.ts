import { comparedByColumns, hasIn, rowIn, rowsAsOf, toldKey, type ComparedList } from '../../libs/read-models/index.ts';
import { riskRegister } from './projection.ts';
import { COLUMN_OF, CONDITIONS, filtered, keyOf, RISKS_BY, type RiskFilter, type RiskGrouping } from './queries.ts';
import { standingHere } from './status-queries.ts';

const { STATUS, BAND, ...BY_COLUMNS } = RISKS_BY;

/** The events that alone say these: see `test/property/turned-by.spec.ts`. */
const TURNED_BY = {
  OWNER: ['RiskProposed', 'RiskAllocated'],
  BODY: ['RiskProposed'],
};

/** How risks are compared. */
export const risksCompared: ComparedList<RiskFilter, RiskGrouping, typeof riskRegister.columns> = {
  projection: riskRegister,
  byOthers: [{ register: 'rules' }],
  isToldByTurns: true,
  notTold: ['is_new'],
  async turns(view) {
    const { status, band, is } = await standingHere(view);
    return [status, band, ...CONDITIONS.map((one) => is[one])];
  },
  rows: (view, filter) => filtered(view, filter, rowsAsOf(view, riskRegister, true)),
  passes(filter, one) {
    const row = rowIn(riskRegister, one);
    const { told } = one;
    const { body, register, kind, category, response, owner, status, band, open, asked, scale } = filter;
    const scored = (filter.scored ?? 'CURRENT').toLowerCase() as 'inherent' | 'current' | 'target';
    return (
      hasIn(riskRegister, one, { body, register, kind, category, response, [`${scored}_rule`]: scale }) &&
      (owner === undefined || row.owner === owner || (row.co_owners ?? '').split(' ').includes(owner)) &&
      (status === undefined || status.some((is) => is === told['status'])) &&
      (band === undefined || band.some((is) => is === told['band.current'])) &&
      (filter.scored === undefined || (row[`${scored}_version`] ?? null) !== null) &&
      (open === undefined || (row.standing === 'REGISTERED') === open) &&
      (asked === undefined || (row.asked === 1) === asked) &&
      CONDITIONS.every((is) => filter[is] === undefined || filter[is] === (told[`conditions.${is}`] === true))
    );
  },
  // Whether a score is on the axes of the day, its scale says.
  asksOthers: ({ text, noFurtherAction, onOneRegister, likelihood, impact }) =>
    [text, noFurtherAction, onOneRegister, likelihood, impact].some((one) => one !== undefined),
  by: {
    ...comparedByColumns(riskRegister, BY_COLUMNS, COLUMN_OF, TURNED_BY),
    STATUS: { grouping: STATUS, key: (view) => keyOf(view, 'STATUS'), cell: (one) => toldKey(one, 'status') },
    BAND: { grouping: BAND, key: (view) => keyOf(view, 'BAND'), cell: (one) => toldKey(one, 'band.current') },
  },
  readFrom: ['risks', 'rules'],
};
