import { readFileSync } from 'node:fs';
import ts from 'typescript';

const CONFIG = new URL('../../tsconfig.json', import.meta.url);
const { compilerOptions } = ts.parseConfigFileTextToJson('tsconfig.json', readFileSync(CONFIG, 'utf8')).config as {
  compilerOptions: object;
};
const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, '.');

/** A source file as the build makes it, without a look at its types. */
export function asBuilt(source: string, fileName: string): string {
  return ts.transpileModule(source, {
    fileName,
    // No package.json is looked for that would say that these are modules.
    compilerOptions: { ...options, module: ts.ModuleKind.ESNext, sourceMap: false },
  }).outputText;
}
