// Puts the examples into the package as templates, before it is packed.
import { fileURLToPath } from 'node:url';
import { copyTemplates } from './templates.mjs';

copyTemplates(fileURLToPath(new URL('../templates', import.meta.url)));
