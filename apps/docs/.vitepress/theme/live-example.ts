import { withBase } from 'vitepress';
import { defineComponent, h, onUnmounted } from 'vue';

/** A frame with a live example, loaded when it is scrolled to. `live.mjs` builds its page. */
export const LiveExample = defineComponent({
  props: {
    /** The file of the block that runs, without its extension. */
    name: { type: String, required: true },
    /** What it shows, for screen readers. */
    title: { type: String, required: true },
  },
  setup(props) {
    let sizes: ResizeObserver | undefined;
    onUnmounted(() => sizes?.disconnect());
    /** Lets the frame be as high as its page, which is another one after each step of a login. */
    const onLoad = ({ target: frame }: Event): void => {
      if (!(frame instanceof HTMLIFrameElement)) return;
      frame.style.height = '';
      const body = frame.contentDocument?.body;
      sizes?.disconnect();
      if (!body) return;
      sizes = new ResizeObserver(() => {
        frame.style.height = `${body.scrollHeight}px`;
      });
      sizes.observe(body);
    };
    // Only a build has the pages of live examples.
    if (import.meta.env.DEV)
      return () => h('p', `Live example, in the built site: ${props.title}.`);
    return () =>
      h('iframe', {
        class: 'live-example',
        src: withBase(`/live/${props.name}.html`),
        title: `Live example: ${props.title}`,
        loading: 'lazy',
        onLoad,
      });
  },
});
