/** @template T @param {() => Promise<T>} build @returns {Promise<T>} */
export async function orGiveUp(build) {
  try {
    return await build();
  } catch (error) {
    process.stderr.write(`Bastion Bot cannot be built: ${whyNot(error)}\n`);
    process.exit(1);
  }
}

/** @param {unknown} error */
export function whyNot(error) {
  if (!(error instanceof Error)) return String(error);
  if ('errors' in error && Array.isArray(error.errors)) return mistake(error.errors);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ERR_MODULE_NOT_FOUND') {
    return 'what builds it is not installed; run `npm ci`, with development dependencies, or bring a finished `dist`.';
  }
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `the disk is full; make room and start again (${error.message}).`;
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return `its folder cannot be written to; run \`npm run build\` as somebody who may (${error.message}).`;
  }
  return error.message.split('\n')[0] ?? '';
}

/** Of esbuild. @param {readonly { readonly text: string, readonly location: { readonly file: string, readonly line: number } | null }[]} found */
function mistake([first]) {
  const { text = 'unknown mistake', location } = first ?? {};
  const place = location ? `${location.file}:${location.line}: ` : '';
  return `${place}${text}; mend it, \`npm run types\` names all there is, or run \`npm ci\` if a package is missing.`;
}
