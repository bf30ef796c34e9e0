import { afterEach, describe, expect, it } from 'vitest';
import { bypassingWords, inSource } from './said_words.js';
import { decimal, duration, language, numeral, phrase, plural, text } from '../../../static/js/texts/texts.js';

afterEach(() => {
  language.value = 'en';
});

describe('texts', () => {
  it('puts values in place of braces, and leaves unknown braces', () => {
    expect(text('{done} of {count} done', { done: 1, count: 1200 })).toBe('1 of 1,200 done');
    expect(text('a {b} c')).toBe('a {b} c');
    expect(phrase('Done')).toBe('Done');
  });

  it('speaks the language that was chosen', () => {
    language.value = 'de';
    expect(text('Done')).toBe('Fertig');
    expect(plural(1, '{count} object', '{count} objects')).toBe('1 Objekt');
    expect(plural(1200, '{count} object', '{count} objects')).toBe('1.200 Objekte');
    expect(text('words that no catalogue has')).toBe('words that no catalogue has');
  });

  it('writes numbers and lengths of time', () => {
    expect(numeral(2.345, 1)).toBe('2.3');
    expect(numeral(12480.5, 2)).toBe('12,480.5');
    expect(duration(42.4)).toBe('42 s');
    expect(duration(600)).toBe('10 min');
    expect(duration(7800)).toBe('2 h 10 min');
  });

  it('writes as many digits as a column needs, with the comma of the language', () => {
    expect([decimal(0.5, 2), decimal(1, 2), decimal(1234.56, 1)]).toEqual(['0.50', '1.00', '1,234.6']);
    language.value = 'de';
    expect([decimal(0.5, 2), decimal(1, 2), decimal(1234.56, 1)]).toEqual(['0,50', '1,00', '1.234,6']);
    expect(numeral(4.2, 1)).toBe('4,2');
  });
});

describe('the page', () => {
  it('says everything through the catalogues', () => {
    expect([...bypassingWords('ui'), ...bypassingWords('services'), ...bypassingWords('.')]).toEqual([]);
  });

  it('is searched for words in markup, in attributes and in code', () => {
    const source = `
      const HINT = 'Drag to move';
      html\`<p title="Close it">Ready \${count === 1 ? '1 click' : \`\${count} clicks\`}</p><i class="big box">\${text('Said')}</i>\`;
      throw new Error('an image must be open');
      const look = kind === 'Some Kind' ? html\`<b class=\${open ? 'row chosen' : 'row'}></b>\` : 'plain';`;
    expect(inSource('a.js', source)).toEqual(['a.js:2 Drag to move', 'a.js:3 Close it', 'a.js:3 Ready']);
  });
});
