import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { inOwnWords } from '../../../static/js/texts/server_words.js';
import { language } from '../../../static/js/texts/texts.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SAID = { code: 'category_in_use', message: 'a category must be unused, but it has 3', hint: 'delete them' };

afterEach(() => {
  language.value = 'en';
});

describe('words of the server', () => {
  it('are its own in English, because they say what was got', () => {
    expect(inOwnWords(SAID)).toBe(SAID);
  });

  it('leave hints to programmers out in English too', () => {
    const said = { code: 'field_invalid', message: 'name must be a text, got 3', hint: '/api/docs lists the fields' };
    expect(inOwnWords(said)).toEqual({ ...said, hint: 'correct it and try again' });
  });

  it('are said in the language of the page by their code', () => {
    language.value = 'de';
    expect(inOwnWords(SAID)).toMatchObject({ code: 'category_in_use', message: 'Objekte haben diese Klasse' });
    const other = { ...SAID, code: 'something_new' };
    expect(inOwnWords(other)).toBe(other);
    expect(inOwnWords({ message: 'bare' })).toEqual({ message: 'bare' });
  });

  it('have only codes that the interface documents', () => {
    const source = readFileSync(path.join(ROOT, 'static/js/texts/server_words.js'), 'utf8');
    const codes = [...source.matchAll(/^ {2}([a-z_]+): \[/gm)].map(([, code]) => code);
    const documented = readFileSync(path.join(ROOT, 'docs/http_api.md'), 'utf8');
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code) => !documented.includes(`| \`${code}\` |`))).toEqual([]);
  });
});
