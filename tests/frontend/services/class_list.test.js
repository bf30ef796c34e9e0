import { describe, expect, it } from 'vitest';
import { ClassListError, parseClassList, readClassList } from '../../../static/js/services/class_list.js';

const names = (/** @type {string} */ content) => parseClassList(content).map(({ name }) => name);
const reason = (/** @type {string} */ content) => {
  try {
    parseClassList(content);
  } catch (problem) {
    return problem instanceof ClassListError ? problem.reason : problem;
  }
  return 'none';
};

describe('class list', () => {
  it('reads one name a line, each once, without remarks', () => {
    expect(names('# birds\r\nowl\n\n  barn owl \nowl\r')).toEqual(['owl', 'barn owl']);
  });

  it('reads names and classes from JSON', () => {
    expect(names('["cat", "dog", "cat"]')).toEqual(['cat', 'dog']);
    expect(names('{"names": ["cat"]}')).toEqual(['cat']);
    expect(parseClassList('[{"name": "cat", "color": "#AABBCC", "supercategory": "animal"}]')).toEqual([
      { name: 'cat', color: '#aabbcc', supercategory: 'animal' },
    ]);
    expect(parseClassList('[{"name": "cat", "pattern": "dots"}, {"name": "dog", "pattern": "zigzag"}]')).toEqual([
      { name: 'cat', pattern: 'dots' },
      { name: 'dog' },
    ]);
  });

  it('reads the categories of a COCO file', () => {
    const file = { images: [], categories: [{ id: 3, name: 'car', supercategory: '' }], annotations: [{}] };
    expect(parseClassList(JSON.stringify(file))).toEqual([{ name: 'car' }]);
  });

  it('writes a name in one way, however its letters are put together', () => {
    expect(names('Bär\nBa\u0308r')).toEqual(['Bär']);
  });

  it('says what is wrong with a file that is no such list', () => {
    expect(reason('{"images": []}')).toBe('shape');
    expect(reason('[1, 2]')).toBe('shape');
    expect(reason('{"categories": [{"id": 1}]}')).toBe('shape');
    expect(reason('{"categories": [')).toBe('json');
    expect(reason('\n# nothing\n')).toBe('empty');
    expect(reason('x'.repeat(201))).toBe('name');
    expect(reason('a\u0000b')).toBe('name');
    expect(reason(Array.from({ length: 2001 }, (_, at) => `c${at}`).join('\n'))).toBe('many');
  });

  it('refuses what is no text, or too large', async () => {
    const photo = new Blob([Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0x80])]);
    await expect(readClassList(photo)).rejects.toMatchObject({ reason: 'text' });
    const huge = /** @type {Blob} */ ({ size: 2 ** 27 });
    await expect(readClassList(huge)).rejects.toMatchObject({ reason: 'size' });
    expect(await readClassList(new Blob(['owl']))).toEqual([{ name: 'owl' }]);
  });
});
