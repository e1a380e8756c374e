import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What the server counts about itself. No unit, person or record is ever a label. */
export const newMetrics = () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
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
  return { registry, changes, pulled, requests };
};
