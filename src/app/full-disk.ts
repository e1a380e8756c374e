/** Whether something was not written because there is no room left. Dexie wraps what a browser says, and its text holds that. */
export const isFullDisk = (error: unknown): boolean => String(error).includes('QuotaExceededError');
