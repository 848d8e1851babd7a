import { install } from './install.mjs';

/** `npm run size`: prints what the kit adds to an app and fails when that is over a limit. */
export async function main() {
  await install();
  // Needs a bundler, which is there only after the installation.
  const {
    kilobytes,
    limits,
    measureSizes,
    measureWithProfile,
    measureWithoutProfile,
    modes: allModes,
  } = await import('./bundle-sizes.mjs');
  const plain = await measureWithoutProfile();
  console.log(
    `An app without the profile and TanStack Query loads ${kilobytes(plain.initial)} at first (limit ${kilobytes(limits.withoutProfile)})`,
  );
  if (plain.initial > limits.withoutProfile) process.exitCode = 1;
  for (const mode of allModes) {
    const limit = limits.allWithoutProfile[mode];
    console.log(`  ${kilobytes(plain.all[mode])} in all, ${mode} (limit ${kilobytes(limit)})`);
    if (plain.all[mode] > limit) process.exitCode = 1;
  }
  const { initial: withProfile } = await measureWithProfile();
  console.log(
    `With useProfile, in an app that has TanStack Query: ${kilobytes(withProfile)} at first (limit ${kilobytes(limits.withProfile)})`,
  );
  if (withProfile > limits.withProfile) process.exitCode = 1;
  for (const name of /** @type {const} */ (['@sesamy-kit/react', '@sesamy-kit/session'])) {
    const { initial, all, chunks } = await measureSizes(name);
    console.log(`\n${name} (gzip, with all it needs but React and TanStack Query)`);
    for (const { gzipBytes, name: chunkName, isInitial, isOptional, modes } of chunks) {
      const when = isOptional ? 'if used' : isInitial ? 'at first' : modes.join(', ');
      console.log(`  ${kilobytes(gzipBytes).padStart(8)}  ${chunkName.padEnd(20)} ${when}`);
    }
    console.log(`  ${kilobytes(initial)} at first (limit ${kilobytes(limits.initial)})`);
    if (initial > limits.initial) process.exitCode = 1;
    for (const mode of allModes) {
      console.log(
        `  ${kilobytes(all[mode])} in all, ${mode} (limit ${kilobytes(limits.all[mode])})`,
      );
      if (all[mode] > limits.all[mode]) process.exitCode = 1;
    }
  }
}
