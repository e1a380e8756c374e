import { useEffect, useState } from 'preact/hooks';
import type { TaskCode } from '../../domain/guideline/tasks-2019.ts';
import { language } from './words.ts';

type TaskWords = Readonly<Record<TaskCode, string>>;

/** The guideline's wording is long and not needed to start typing, so it comes in a file of its own. */
export const useTaskWords = (): TaskWords | null => {
  const [tasks, setTasks] = useState<TaskWords | null>(null);
  const chosen = language.value;
  useEffect(() => {
    const file = chosen === 'vi' ? import('./tasks-vi.ts') : import('./tasks-en.ts');
    void file.then((loaded) => setTasks(loaded.tasks)).catch(() => undefined);
  }, [chosen]);
  return tasks;
};
