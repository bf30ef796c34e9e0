/** Finds words in the source of the page that would be shown in English whatever the language. */

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const PAGE = path.resolve(import.meta.dirname, '../../../static/js');
const SAYS = new Set(['text', 'phrase', 'plural']);
/** Names and units that are the same in every language, and names of keys. */
const SAME =
  /^(Maskwright|Pascal VOC|LabelMe|COCO|CSV|px|ms|((Ctrl|Shift|Alt|Meta)\+?)*(\w|Enter|Esc\w*|Backspace|Page\w+|Control)?)$/;
const SPOKEN_ATTRIBUTES = /(?:aria-label|label|title|placeholder|alt|doing)="([^"]*)"/g;
/** What is not shown: classes of styles and the like. */
const SILENT_ATTRIBUTES = /\b(class|keys|icon|name|type|style|key)=$/;

/** @type {(words: string) => boolean} */
const isSaid = (words) => /\p{L}{2}/u.test(words) && !SAME.test(words.trim());

/** @type {(words: string) => boolean} strings in code: only what looks like a sentence or a caption */
const looksSaid = (words) => isSaid(words) && (/^\p{Lu}\p{Ll}+/u.test(words.trim()) || /\p{L}+ \p{L}+/u.test(words));

/** @type {(node: ts.Node) => boolean} names of modules, errors for the log, comparisons */
const isSilent = (node) =>
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) ||
  (ts.isBinaryExpression(node) && node.operatorToken.getText().endsWith('=='));

/**
 * List what bypasses the catalogues.
 *
 * @param {string} folder below `static/js`
 * @returns {string[]} file, line and words
 */
export function bypassingWords(folder) {
  const files = readdirSync(path.join(PAGE, folder)).filter((name) => name.endsWith('.js') && name !== 'icons.js');
  return files.flatMap((name) => inSource(`${folder}/${name}`, readFileSync(path.join(PAGE, folder, name), 'utf8')));
}

/**
 * List what bypasses the catalogues in one source.
 *
 * @param {string} name of the file
 * @param {string} source its text
 * @returns {string[]} file, line and words
 */
export function inSource(name, source) {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  /** @type {string[]} */
  const found = [];
  /** @type {(node: ts.Node, words: string) => void} */
  const note = (node, words) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${name}:${line + 1} ${words.replace(/\s+/g, ' ').trim()}`);
  };
  /** @type {(node: ts.Node) => void} */
  const visit = (node) => {
    if (isSilent(node)) return;
    if (ts.isCallExpression(node) && SAYS.has(node.expression.getText())) {
      node.arguments.filter((argument) => !ts.isStringLiteralLike(argument)).forEach(visit);
    } else if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'html') {
      visitTemplate(node.template);
    } else if (ts.isTemplateExpression(node)) {
      const words = [node.head, ...node.templateSpans.map(({ literal }) => literal)].map((part) => part.text);
      if (looksSaid(words.join('…'))) note(node, words.join('…'));
      node.templateSpans.forEach(({ expression }) => visit(expression));
    } else if (ts.isStringLiteralLike(node)) {
      if (looksSaid(node.text)) note(node, node.text);
    } else ts.forEachChild(node, visit);
  };
  /** @type {(template: ts.TemplateLiteral) => void} */
  const visitTemplate = (template) => {
    const spans = ts.isTemplateExpression(template) ? [...template.templateSpans] : [];
    const parts = ts.isTemplateExpression(template)
      ? [template.head.text, ...spans.map(({ literal }) => literal.text)]
      : [template.text];
    const markup = parts.join('\u0000');
    for (const [, words] of markup.matchAll(SPOKEN_ATTRIBUTES)) if (isSaid(words)) note(template, words);
    const shown = markup.replace(/<[^>]*>/g, '\u0000').split('\u0000');
    for (const words of shown) if (isSaid(words)) note(template, words);
    spans.forEach(({ expression }, index) => {
      if (!SILENT_ATTRIBUTES.test(parts[index])) visit(expression);
    });
  };
  visit(file);
  return found;
}
