import { refusing } from '../../ledger/index.ts';

/** Every reason for which a rule is refused beside what the declarations say, in the order in which they are checked. */
export const RULE_REFUSALS = {
  ALREADY_ADDED: 'This rule is there already. Set a version of it, or add another.',
  NOT_ADDED:
    'This rule was not added yet on that day. Give a later effective day, or correct the day from which it was added.',
  OTHER_KIND: 'Rule {ref} is of another kind ({kind}). Name a rule of this kind, or set a version of that one.',
  END_NEEDS_REASON: 'Say why it is in force no longer.',
  NOT_IN_FORCE: 'No version of rule {ref} is in force on that day, so there is nothing to end.',
  VERSION_EXISTS: 'Rule {ref} has a version {version} already. Give another number.',
  TWICE: 'A level, a step, a band or a month stands there twice ({name}). Each has a name of its own.',
  UPSIDE_DOWN: 'Band {band} ends at {most}, below its least score ({least}). Check both.',
  BANDS_OVERLAP: 'Bands {band} and {other} have a score in common. Each score is in one band at most.',
  ROUTE_ASKS_NOBODY: 'A route asks for the word of one party at least. Say whose.',
  POLICY_ASKS_NOTHING: 'A policy asks something. Say what.',
  POLICY_OPENS_NOTHING: 'An opening policy opens something. Say what, or end the rule to switch it off.',
  NAME_NEEDED: 'Say in words what it is called after its body, such as rag or priorities.',
  NAME_NOT_TAKEN: 'The ledger names a rule of this kind itself: {ref}. Leave the name out.',
  MALFORMED_NAME:
    'It is small letters and digits with hyphens between, and with its body at most 64 characters, such as rag.',
  RESERVED_NAME:
    'A rule called {ref} is a closure route, an allowance, a cadence or an opening policy. Give another name, or choose that kind.',
  REGISTER_NEEDED: 'Say for which register the allowance is.',
  REGISTER_NOT_TAKEN: 'Only an allowance is for a register. Leave the register out.',
  NOTHING_CHANGES: 'The rule says so already, so nothing was recorded.',
} as const;

export const refuse = refusing(RULE_REFUSALS);
