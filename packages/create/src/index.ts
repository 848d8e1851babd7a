export { createProject, type CreatedProject, type CreateOptions } from './create-project.js';
export { CreateError, isCreateError, type CreateErrorCode } from './errors.js';
export { listExamples, type Example } from './examples.js';
