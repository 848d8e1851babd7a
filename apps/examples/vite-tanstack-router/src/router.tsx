import { profileQueryOptions, requireSession } from '@sesamy-kit/react';
import { createRoute, createRouter } from '@tanstack/react-router';
import { AccountPage } from './pages/account-page';
import { ErrorPage } from './pages/error-page';
import { FrontPage } from './pages/front-page';
import { StoryPage } from './pages/story-page';
import { rootRoute, type RouterContext } from './root-route';

const frontRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: FrontPage,
});

/** Guards the routes below it, and gives them the user by their context. */
const readersRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'readers',
  beforeLoad: async (args) => ({ user: await requireSession(args.context.session, args) }),
  errorComponent: ErrorPage,
});

const storyRoute = createRoute({
  getParentRoute: () => readersRoute,
  path: '/stories/$slug',
  validateSearch: (search): { from?: string } =>
    typeof search['from'] === 'string' ? { from: search['from'] } : {},
  loader: ({ context }) => context.user,
  component: function Story() {
    const user = storyRoute.useLoaderData();
    const { slug } = storyRoute.useParams();
    const { from } = storyRoute.useSearch();
    return <StoryPage name={user.given_name} slug={slug} from={from} />;
  },
});

const accountRoute = createRoute({
  getParentRoute: () => readersRoute,
  path: '/account',
  loader: ({ context: { queryClient, session } }) =>
    queryClient.ensureQueryData(profileQueryOptions(session)),
  component: AccountPage,
});

const routeTree = rootRoute.addChildren([
  frontRoute,
  readersRoute.addChildren([storyRoute, accountRoute]),
]);

export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    // A link that is hovered loads its page. It never redirects to the login: only a click does.
    defaultPreload: 'intent',
    defaultPreloadDelay: 0,
    // TanStack Query decides how long data is fresh.
    defaultPreloadStaleTime: 0,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
