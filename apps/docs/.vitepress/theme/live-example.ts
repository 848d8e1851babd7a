import { withBase } from 'vitepress';
import { defineComponent, h } from 'vue';

/** A frame with a live example, loaded when it is scrolled to. `live.mjs` builds its page. */
export const LiveExample = defineComponent({
  props: {
    /** The file of the block that runs, without its extension. */
    name: { type: String, required: true },
    /** What it shows, for screen readers. */
    title: { type: String, required: true },
  },
  setup(props) {
    return () =>
      h('iframe', {
        class: 'live-example',
        src: withBase(`/live/${props.name}.html`),
        title: `Live example: ${props.title}`,
        loading: 'lazy',
      });
  },
});
