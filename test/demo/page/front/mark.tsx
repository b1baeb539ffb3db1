/** The bot's picture: a keyhole in a shield. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 36 36" aria-hidden="true">
      <rect width="36" height="36" rx="8" />
      <path d="M18 7l9 3.4v7.1c0 5.6-3.7 9.7-9 11.5-5.300-1.800-9-5.900-9-11.500v-7.100z" />
      <circle cx="18" cy="16" r="2.800" />
      <path class="slot" d="M16.900 17.500h2.200l.9 5.300h-4z" />
    </svg>
  );
}
