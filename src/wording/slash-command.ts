/** The slash command as `manifest.yml` calls it; some call theirs otherwise. */
export const usualCommand = '/bastion';
