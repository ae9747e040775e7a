import {
  coerceInputValue,
  isInputType,
  isNonNullType,
  Kind,
  OperationTypeNode,
  typeFromAST,
  valueFromAST,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { InputFault } from '../../../../libs/declarations/index.ts';
import type { Refused, Variables } from './limits.ts';

/**
 * Coerces the variables of a request, as execution will do again, and says of what will not do where it stands in the input:
 * `due.on`, `asOf.effective`, `marking`.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): { variables: Variables } | Refused {
  const variables: Record<string, unknown> = {};
  // Of a command it is told as its own check tells it.
  const coded = (refusal: InputFault) => (operation.operation === OperationTypeNode.MUTATION ? { refusal } : {});
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type as never);
    if (type === undefined || !isInputType(type))
      return { sentence: `The variable "$${name}" is of no type that can be sent.` };
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) {
      if (definition.defaultValue !== undefined) variables[name] = valueFromAST(definition.defaultValue, type);
      else if (isNonNullType(type))
        return {
          sentence: `The variable "$${name}" is missing.`,
          ...coded('NEEDED'),
          field: fieldOf(document, name, []),
        };
      continue;
    }
    let bad: Refused | null = null;
    variables[name] = coerceInputValue(value, type, (path, _, error) => {
      const missing = /^Field "(\w+)" of required type/.exec(error.message)?.[1];
      // Within a row or a member it is told which field there is not.
      const surplus = path.length === 0 ? undefined : /^Field "(\w+)" is not defined/.exec(error.message)?.[1];
      const at = missing ?? surplus;
      const field = fieldOf(document, name, at === undefined ? path : [...path, at]);
      bad ??=
        missing === undefined
          ? { sentence: withoutValues(error.message), ...coded('MALFORMED'), field }
          : { sentence: `"${missing}" is missing.`, ...coded('NEEDED'), field };
    });
    if (bad !== null) return bad;
  }
  return { variables };
}

/** Where in the input an error of validation stands, when it stands in the document itself. */
export function fieldAt(document: DocumentNode, node: ASTNode | undefined): string | undefined {
  const at = node?.loc?.start;
  if (at === undefined) return undefined;
  let found: string | undefined;
  walkArguments(document, (value, path) => {
    if (value.loc !== undefined && value.loc.start <= at && at < value.loc.end) found = path.join('.');
  });
  return found === undefined ? undefined : withoutInput(found);
}

/** The path of a variable's part as the client wrote it: by the argument that the variable is given to, not by its own name. */
function fieldOf(document: DocumentNode, variable: string, path: readonly (string | number)[]): string {
  let used: string = variable;
  let found = false;
  walkArguments(document, (value, at) => {
    if (found || value.kind !== Kind.VARIABLE || value.name.value !== variable) return;
    used = at.join('.');
    found = true;
  });
  return withoutInput([used, ...path].join('.'));
}

function walkArguments(
  document: DocumentNode,
  see: (value: ASTNode & { kind: string }, path: readonly string[]) => void,
): void {
  const path: string[] = [];
  const named = {
    enter(node: { name: { value: string }; value: ASTNode }) {
      path.push(node.name.value);
      see(node.value, path);
    },
    leave() {
      path.pop();
    },
  };
  visit(document, { Argument: named, ObjectField: named });
}

/** Every command has one argument, `input`: naming it would say nothing. */
function withoutInput(field: string): string {
  return field.replace(/^input\.(?=.)/, '');
}

/** GraphQL's own sentences repeat the value; what somebody typed has no place in an answer or a log. */
function withoutValues(sentence: string): string {
  return sentence
    .replace(/(cannot represent [^:]*): .*$/s, '$1.')
    .replace(/^Value "[^]*?" does not exist in "(\w+)" enum\.[^]*$/, 'This is no value of $1.');
}
