/** Why the query engine does not run a query, with the code that it gives. */
export class KqlError extends Error {
  override readonly name = 'KqlError';
  readonly kind: 'SyntaxError' | 'SemanticError';
  readonly code: string;
  /** Of a syntax error: the line from 1, the position in it from 0. */
  readonly place: KqlPlace | undefined;

  constructor(kind: KqlError['kind'], code: string, message: string, place?: KqlPlace) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.place = place;
  }
}

export interface KqlPlace {
  readonly line: number;
  readonly pos: number;
  readonly token: string;
}

export function syntaxError(text: string, at: number, token: string): KqlError {
  const before = text.slice(0, at).split('\n');
  const place = { line: before.length, pos: before.at(-1)?.length ?? 0, token };
  const message = `Query could not be parsed at '${token}' on line [${place.line},${place.pos}]`;
  return new KqlError('SyntaxError', 'SYN0002', message, place);
}

export function semanticError(message: string, code = 'SEM0100'): KqlError {
  return new KqlError('SemanticError', code, message);
}
