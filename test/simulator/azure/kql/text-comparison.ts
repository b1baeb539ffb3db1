/** Whether a text has what is sought; without regard to case unless the name says so. */
type TextComparison = (sought: string) => (text: string) => boolean;

export const textComparisons: Readonly<Record<string, TextComparison>> = {
  '=~': (sought) => {
    const lower = sought.toLowerCase();
    return (text) => text.toLowerCase() === lower;
  },
  has: (sought) => matches(terms(sought), 'iu'),
  has_cs: (sought) => matches(terms(sought), 'u'),
  hasprefix: (sought) => matches(`${notInTerm('<!')}${escaped(sought)}`, 'iu'),
  hassuffix: (sought) => matches(`${escaped(sought)}${notInTerm('!')}`, 'iu'),
  contains: (sought) => {
    const lower = sought.toLowerCase();
    return (text) => text.toLowerCase().includes(lower);
  },
  contains_cs: (sought) => (text) => text.includes(sought),
  startswith: (sought) => {
    const lower = sought.toLowerCase();
    return (text) => text.toLowerCase().startsWith(lower);
  },
  startswith_cs: (sought) => (text) => text.startsWith(sought),
  endswith: (sought) => {
    const lower = sought.toLowerCase();
    return (text) => text.toLowerCase().endsWith(lower);
  },
  endswith_cs: (sought) => (text) => text.endsWith(sought),
};

/** A term is as many letters and digits as stand together. */
function terms(sought: string): string {
  const begins = /^[\p{L}\p{N}]/u.test(sought) ? notInTerm('<!') : '';
  const ends = /[\p{L}\p{N}]$/u.test(sought) ? notInTerm('!') : '';
  return `${begins}${escaped(sought)}${ends}`;
}

function notInTerm(look: '!' | '<!'): string {
  return `(?${look}[\\p{L}\\p{N}])`;
}

function matches(pattern: string, flags: string): (text: string) => boolean {
  const regExp = new RegExp(pattern, flags);
  return (text) => regExp.test(text);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
