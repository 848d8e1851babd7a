import { install } from './install.mjs';

/** `npm run size`: prints what the kit adds to an app and fails when that is over a limit. */
export async function main() {
  await install();
  // Needs a bundler, which is there only after the installation.
  const { kilobytes, limits, measureSizes } = await import('./bundle-sizes.mjs');
  for (const name of /** @type {const} */ (['@sesamy-kit/react', '@sesamy-kit/session'])) {
    const { initial, all, chunks } = await measureSizes(name);
    console.log(`\n${name} (gzip, with all it needs but React and TanStack Query)`);
    for (const chunk of chunks) {
      const when = chunk.isOptional ? 'if used ' : chunk.isInitial ? 'at first ' : 'on demand';
      console.log(`  ${kilobytes(chunk.gzipBytes).padStart(8)}  ${when}  ${chunk.name}`);
    }
    console.log(`  ${kilobytes(initial)} at first (limit ${kilobytes(limits.initial)})`);
    console.log(`  ${kilobytes(all)} in all (limit ${kilobytes(limits.all)})`);
    if (initial > limits.initial || all > limits.all) process.exitCode = 1;
  }
}
