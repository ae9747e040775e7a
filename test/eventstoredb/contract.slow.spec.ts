import { describeEventStore } from '../contract/event-store.contract.ts';
import { protocolServerPlace, realServerPlace } from './places.ts';

describeEventStore('EventStoreDB, against the protocol server', protocolServerPlace);

const url = process.env['EVENTSTOREDB_URL'];
if (url !== undefined) describeEventStore('EventStoreDB, against a real server', () => realServerPlace(url));
