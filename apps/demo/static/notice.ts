import '../src/styles/index.css';

/** Says why the site cannot run here: neither the mock nor a login can. */
export function showNotice(reason: string): void {
  const notice = document.createElement('main');
  notice.className = 'content';
  const box = document.createElement('div');
  box.className = 'notice';
  box.setAttribute('role', 'alert');
  const words = document.createElement('div');
  const title = document.createElement('p');
  title.className = 'notice-title';
  title.textContent = 'This demo cannot run in this window';
  const text = document.createElement('p');
  text.textContent = `It logs in at a mock of Sesamy that runs in your own browser. ${reason}`;
  words.append(title, text);
  box.append(words);
  notice.append(box);
  document.querySelector('#root')?.replaceChildren(notice);
}
