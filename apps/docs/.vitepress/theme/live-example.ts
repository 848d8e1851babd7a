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
    const sizes = new ResizeObserver(([entry]) => {
      const page = entry?.target.ownerDocument;
      const frame = page?.defaultView?.frameElement;
      if (page && frame instanceof HTMLElement) frame.style.height = `${page.body.scrollHeight}px`;
    });
    onUnmounted(() => sizes.disconnect());
    /** Lets the frame be as high as its page, which is another one after each step of a login. */
    const onLoad = ({ target }: Event): void => {
      if (!(target instanceof HTMLIFrameElement)) return;
      target.style.height = '';
      const body = target.contentDocument?.body;
      sizes.disconnect();
      if (body) sizes.observe(body);
    };
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
