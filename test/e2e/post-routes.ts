import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Every path that a server takes a POST on, as its router has it; parameters are filled in with a word. */
export function postRoutesOf(app: NestFastifyApplication): readonly string[] {
  const tree = app.getHttpAdapter().getInstance().printRoutes({ method: 'POST', commonPrefix: false });
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', piece, methods] = /^((?:│ {3}| {4})*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line) ?? [];
    if (piece === undefined) return [];
    const depth = indent.length / 4;
    parents.splice(depth, Infinity, piece);
    return methods === undefined ? [] : [parents.join('').replaceAll(/:\w+/g, 'word')];
  });
}
