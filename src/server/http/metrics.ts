import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Once for the process, however many servers run in it: each of these keeps a clock of 10 ms going. */
const ofProcess = new Registry();
collectDefaultMetrics({ register: ofProcess });

/** What the server counts about itself. No unit, person or record is ever a label. */
export const newMetrics = () => {
  const registry = new Registry();
  const changes = new Counter({
    name: 'changes_total',
    help: 'Changes by outcome',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const pulled = new Counter({
    name: 'records_pulled_total',
    help: 'Records sent to readers',
    registers: [registry],
  });
  const requests = new Histogram({
    name: 'http_request_seconds',
    help: 'Time of API requests',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  return { registry: Registry.merge([ofProcess, registry]), changes, pulled, requests };
};
