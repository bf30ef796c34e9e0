import { describe, expect, it } from 'vitest';
import { ApiError, NetworkError } from '../../../static/js/api/api_error.js';
import { createProblemReport, describeProblem } from '../../../static/js/services/problem_report.js';
import { language } from '../../../static/js/texts/texts.js';
import { storeWithImages } from '../session_builders.js';

describe('problem report', () => {
  it('shows what was being done, what happened and what to do', () => {
    const store = storeWithImages();
    const report = createProblemReport(store);
    report(new ApiError({ code: 'c', message: 'too large', hint: 'make it smaller' }, 413), 'cat.jpg was not added');
    report(new Error('bare'));
    expect(store.get().notices).toMatchObject([
      { tone: 'error', message: 'cat.jpg was not added: too large', hint: 'make it smaller' },
      { tone: 'error', message: 'bare', hint: '' },
    ]);
  });

  it('says its own troubles in the language of the page', () => {
    language.value = 'de';
    const store = storeWithImages();
    createProblemReport(store)(new NetworkError(null), 'x');
    language.value = 'en';
    expect(store.get().notices).toMatchObject([
      {
        message: 'x: der Server antwortet nicht',
        whileOffline: true,
        hint: expect.stringContaining('von selbst erneut gesendet'),
      },
    ]);
  });

  it('says once that the browser is full, however much that stops', () => {
    const store = storeWithImages();
    const report = createProblemReport(store);
    const full = Object.assign(new Error('full'), { code: 'browser_storage_full' });
    report(full, 'this object would not outlive the page');
    report(full, 'the steps back would not outlive this page');
    report(full);
    expect(store.get().notices).toMatchObject([
      {
        message: 'the browser has no room left: unsaved work and steps back would not outlive this page',
        hint: expect.stringContaining('go to the server'),
      },
    ]);
  });

  it('says in the language of the page what the server refused', () => {
    language.value = 'de';
    const refusal = new ApiError({ code: 'project_exists', message: 'a name must be free', hint: 'choose' }, 409);
    const said = describeProblem(refusal);
    language.value = 'en';
    expect(said).toMatchObject({
      message: 'ein anderes Projekt heißt schon so',
    });
    expect(describeProblem(refusal).message).toBe('a name must be free');
  });

  it('finds words in whatever was thrown', () => {
    expect(describeProblem('text')).toEqual({ code: 'unknown', message: 'text', hint: '' });
    expect(describeProblem(new TypeError('no'))).toEqual({ code: 'unknown', message: 'no', hint: '' });
  });
});
