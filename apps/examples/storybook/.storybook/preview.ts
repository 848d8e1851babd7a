import { sesamyLoader, withSesamy } from '@sesamy-kit/react/storybook';
import type { Preview } from '@storybook/react-vite';

const preview: Preview = { decorators: [withSesamy], loaders: [sesamyLoader] };

export default preview;
