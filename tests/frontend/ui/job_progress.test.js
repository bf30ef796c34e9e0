// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { Figures, JobProblem, JobProgress } from '../../../static/js/ui/job_progress.js';
import { show } from './ui_bench.js';

const JOB = { id: 1, state: 'running', done: 1, total: 3, error: null };

it('says how far the work is, or only what is done while that is unknown', () => {
  expect(show(JobProgress, { props: { job: null, doing: 'Reading' } }).text()).toBe('Reading');
  const { text, find } = show(JobProgress, { props: { job: JOB, doing: 'Reading' } });
  expect(text()).toBe('Reading, 33 %');
  expect(Number(find('progress').getAttribute('value'))).toBeCloseTo(1 / 3);
});

it('says why work stopped', () => {
  const { text, find } = show(JobProblem, { props: { problem: { message: 'the disk is full', hint: '' } } });
  expect(text()).toBe('The disk is full');
  expect(find('[role=alert]')).toBeTruthy();
});

it('shows figures with their names', () => {
  const { text } = show(Figures, { props: { figures: [['images', 12000]] } });
  expect(text()).toBe('images 12,000');
});
