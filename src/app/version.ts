import packageJson from '../../package.json' with { type: 'json' };

/** Of this package, for user agents and logs. */
export const { version } = packageJson;
