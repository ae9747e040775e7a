/** Names under which Nest hands out what the pages share. */
export const ASSETS = Symbol('assets');
export const RENDER = Symbol('render');
export const KEPT_FORMS = Symbol('kept forms');
export const NOTE_FAULT = Symbol('note fault');
export const GLOSSARY = Symbol('glossary');
