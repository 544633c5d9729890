"""The little JavaScript the page needs: clicks become events that Python handles, and what is new scrolls into view.

Gradio runs each of these once with ``element`` (the HTML component's root), ``trigger`` and ``watch``; after an update
it changes the elements in place, so listeners sit on the root and survive. Values of ``data-`` attributes are data.
"""

CLICKS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const {article, start, end, question, copy, download, turn} = button.dataset;
  if (question !== undefined) trigger('submit', {question});
  if (article !== undefined) trigger('select', {
    article, start: start === undefined ? null : Number(start), end: end === undefined ? null : Number(end)});
  if (download !== undefined) trigger('download', {turn: Number(turn), ending: download});
  if (copy !== undefined) {
    const say = (words) => {
      button.textContent = words;
      setTimeout(() => { button.textContent = 'Copy with sources'; }, 2000);
    };
    navigator.clipboard.writeText(copy).then(() => say('Copied'), () => say('The browser refused'));
  }
});
"""

CONVERSATION = (
    CLICKS
    + """
const scroller = element.closest('#conversation') ?? element;
let turns = 0;
watch('value', () => {
  const now = element.querySelectorAll('.turn').length;
  const near = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 200;
  if (now > turns || near) requestAnimationFrame(() => scroller.scrollTo(0, scroller.scrollHeight));
  turns = now;
});
document.querySelector('#question .submit-button')?.setAttribute('aria-label', 'Ask');
// Enter also ends the composition of a Chinese, Japanese or Korean word; only a further Enter is meant to ask.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.isComposing) event.stopPropagation();
}, true);
"""
)

SAVING = """
let made = '';
watch('value', () => {
  const file = element.querySelector('[data-made]');
  if (!file || file.dataset.made === made) return;
  made = file.dataset.made;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file.dataset.text], {type: 'application/octet-stream'}));
  link.download = file.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
});
"""

ARTICLE = """
let opening = '';
watch('value', () => {
  const article = element.querySelector('.open-article');
  if (!article || article.dataset.opening === opening) return;
  opening = article.dataset.opening;
  const mark = element.querySelector('mark');
  requestAnimationFrame(() => mark
    ? mark.scrollIntoView({block: 'center'})
    : element.closest('#open').scrollTo(0, 0));
});
"""
