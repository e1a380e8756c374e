import * as z from 'zod/mini';
import { reportTypes } from '../../domain/report/tile.ts';
import { problems } from '../../domain/problem.ts';
import { aboutSchema, demoTodaySchema } from '../../protocol/about.ts';
import {
  newPersonSchema,
  newUnitSchema,
  personChangeSchema,
  personSchema,
  pinChangeSchema,
  unitImportResultSchema,
  unitImportSchema,
} from '../../protocol/admin.ts';
import { changeSchema } from '../../protocol/change.ts';
import { phonesSchema } from '../../protocol/phones.ts';
import { problemSchema } from '../../protocol/problem.ts';
import { boardSchema, reportSchema } from '../../protocol/report.ts';
import { unitSchema } from '../../protocol/scope.ts';
import { signInRequestSchema, signInResponseSchema } from '../../protocol/sign-in.ts';
import { syncRequestSchema } from '../../protocol/sync-request.ts';
import { syncResponseSchema } from '../../protocol/sync-response.ts';
import { pushAddressSchema, pushKeySchema } from '../../protocol/waking.ts';

type Schema = z.core.$ZodType;

const json = (schema: Schema) => ({
  content: { 'application/json': { schema: z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }) } },
});

const operation = (summary: string, response: Schema | null, request?: Schema, open = false) => ({
  summary,
  ...(request === undefined ? {} : { requestBody: { required: true, ...json(request) } }),
  responses: {
    200: { description: 'done', ...(response === null ? {} : json(response)) },
    default: { description: `a problem: ${Object.keys(problems).join(', ')}`, ...json(problemSchema) },
  },
  security: open ? [] : [{ session: [] }],
});

/** The API described from the very schemas that parse it. */
export const openApi = (version: string): unknown => ({
  openapi: '3.0.3',
  info: { title: 'Bình Đẳng', version, description: 'docs/protocol.md tells the whole story with examples.' },
  components: {
    securitySchemes: {
      session: { type: 'http', scheme: 'bearer' },
      writer: { type: 'apiKey', in: 'header', name: 'X-Writer' },
    },
    schemas: { Change: z.toJSONSchema(changeSchema, { target: 'openapi-3.0', io: 'input' }) },
  },
  paths: {
    '/api/v1/about': { get: operation('What can be known before signing in', aboutSchema, undefined, true) },
    '/api/v1/sign-in': {
      post: operation('Sign in on a device', signInResponseSchema, signInRequestSchema, true),
    },
    '/api/v1/sync': {
      get: {
        ...operation('Whether anything is new: 204 when nothing is', null),
        parameters: [
          { name: 'as', in: 'query', required: true, schema: { type: 'string' } },
          { name: 'kept', in: 'query', schema: { type: 'integer' } },
        ],
      },
      post: {
        ...operation('Hand in and read on', syncResponseSchema, syncRequestSchema),
        security: [{ writer: [], session: [] }, { writer: [] }],
      },
    },
    '/api/v1/blobs/{sha256}': {
      parameters: [
        { name: 'sha256', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'record', in: 'query', required: true, schema: { type: 'string' } },
      ],
      head: { ...operation('How much of a photo there is', null), security: [{ writer: [] }] },
      put: { ...operation('Go on with a photo from Upload-Offset', null), security: [{ writer: [] }] },
      get: operation('A photo, as JPEG', null),
    },
    '/api/v1/sign-out': { post: operation('End the session', null) },
    '/api/v1/clear': { post: operation('Make this browser delete what it holds of the app', null) },
    '/api/v1/demo/today': { post: operation('Set the day of a demo', null, demoTodaySchema, true) },
    '/api/v1/pin': { post: operation('Change one’s own PIN', null, pinChangeSchema) },
    '/api/v1/push': {
      get: operation('The key with which a browser asks to be woken', pushKeySchema),
      post: {
        ...operation('Where this phone may be woken', null, pushAddressSchema),
        security: [{ writer: [] }],
      },
    },
    '/api/v1/phones': { get: operation('How the phones of my units stand', phonesSchema) },
    '/api/v1/board': {
      parameters: [{ name: 'year', in: 'query', required: true, schema: { type: 'integer' } }],
      get: operation('The action month of my units', boardSchema),
    },
    '/api/v1/report': {
      parameters: [
        { name: 'type', in: 'query', required: true, schema: { type: 'string', enum: reportTypes } },
        { name: 'year', in: 'query', required: true, schema: { type: 'integer' } },
        { name: 'unit', in: 'query', required: false, schema: { type: 'string' } },
      ],
      get: operation('A report of one of my units, as computed now', reportSchema),
    },
    '/api/v1/admin/units': {
      get: operation('My units', z.object({ units: z.array(unitSchema) })),
      post: operation('Add a unit', z.object({ id: z.string() }), newUnitSchema),
    },
    '/api/v1/admin/units/import': {
      post: operation('Add the units of a CSV', unitImportResultSchema, unitImportSchema),
    },
    '/api/v1/admin/people': {
      get: operation('People in my units', z.object({ people: z.array(personSchema) })),
      post: operation('Add a person', z.object({ id: z.int() }), newPersonSchema),
    },
    '/api/v1/admin/people/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      post: operation('New PIN, or close and reopen', null, personChangeSchema),
    },
  },
});
