"""The page's style sheet: three columns that scroll on their own; light or dark as Gradio is."""

LAYOUT = """
.gradio-container { max-width: none !important; padding: 0 !important;
  --font: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif; font-family: var(--font);
  --mark: #ffe08a; --mark-ink: #1f1800; --soft: var(--neutral-100); --line: var(--neutral-200);
  --quiet: var(--neutral-500); --accent: var(--primary-600); --panel: white; --asked: #dbe7fd; --good: #15803d;
  --bad: #b91c1c; --warn: #b45309; --some: #1d4ed8; }
.dark .gradio-container, .gradio-container.dark, .dark { --mark: #7c5e10; --mark-ink: #fff7db;
  --soft: var(--neutral-800); --line: var(--neutral-800); --quiet: var(--neutral-400); --accent: var(--primary-400);
  --panel: var(--neutral-900); --asked: #1e3a5f; --good: #4ade80; --bad: #f87171;
  --warn: #fbbf24; --some: #93c5fd; }
.gradio-container .main, .gradio-container .main > .wrap { padding: 0 !important; }
.gradio-container main > .column { gap: 0; }
.gradio-container .block { background: transparent; border-radius: 0; flex-shrink: 0; }
.gradio-container .html-container { padding: 0; }
.gradio-container .block:has(> .html-container > div:empty) { display: none; }
footer { display: none !important; }
#brand { border-bottom: 1px solid var(--line); background: var(--panel); }
.brand { display: flex; align-items: baseline; gap: 12px; padding: 0 18px; height: 43px; line-height: 43px; }
.brand h1 { font-size: 17px; font-weight: 700; letter-spacing: -.02em; margin: 0; color: var(--body-text-color); }
.brand p { font-size: 13px; color: var(--quiet); margin: 0; }
#tabs { margin-top: -44px; gap: 0; }
#tabs > .tab-wrapper { height: 44px; margin: 0; padding: 0 10px; justify-content: flex-end; }
#tabs .tab-container { height: 44px; width: auto; } #tabs .tab-container::after { display: none; }
#tabs .tab-container button { height: 44px; font-size: 13.5px; font-weight: 550; padding: 0 12px; color: var(--quiet); }
#tabs .tab-container button.selected { color: var(--accent); }
#tabs > .tabitem { padding: 0; border: 0; background: none; }
#columns { display: grid; grid-template-columns: minmax(230px, 21fr) minmax(360px, 42fr) minmax(340px, 37fr);
  gap: 0; height: calc(100vh - 44px); height: calc(100dvh - 44px); }
#archive, #talk, #article { height: 100%; min-height: 0; gap: 0; flex-wrap: nowrap; overflow: hidden;
  background: var(--panel); }
#archive { overflow-y: auto; padding: 14px 14px; gap: 12px; }
#talk { border-inline: 1px solid var(--line); background: var(--body-background-fill); }
#conversation { flex: 1 1 0; min-height: 0; overflow-y: auto !important; padding: 20px 24px 8px; }
#asking { flex: 0 0 auto; padding: 10px 24px 18px; gap: 8px; align-items: center; flex-wrap: nowrap; width: 100%;
  max-width: 808px; margin: 0 auto; }
#question { background: var(--panel); border: 1px solid var(--neutral-300); border-radius: 12px; padding: 4px 6px; }
.dark #question { border-color: var(--neutral-700); }
#question:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
#question textarea { border: 0; background: none; box-shadow: none; font-size: 15px; padding: 8px; }
#filter textarea { border: 1px solid var(--line); border-radius: 8px; font-size: 13px; padding: 6px 9px; }
#clear, #remove, #keep, #really, #run, #stop { flex: 0 0 auto; width: fit-content; white-space: nowrap;
  background: none; border: 1px solid transparent; color: var(--quiet); font-weight: 500; font-size: 13px;
  padding: 5px 10px; }
#clear:hover, #remove:hover, #keep:hover, #run:hover, #stop:hover {
  background: var(--soft); color: var(--body-text-color); }
#open { flex: 1 1 0; min-height: 0; overflow-y: auto !important; padding: 16px 22px; }
#notice { padding: 8px 22px 0; } #remove { margin: 6px 14px 10px; }
#confirmation { flex: 0 0 auto; gap: 8px; padding: 6px 22px 12px; justify-content: flex-start; }
#keep, #run, #stop { border-color: var(--line); } #run { color: var(--accent); }
#really { border-color: var(--bad); color: var(--bad); }
#limits { flex: 0 0 auto; width: calc(100% - 48px); max-width: 760px; margin: 0 auto; border: 0; padding: 0;
  background: none; overflow: visible; }
#limits .label-wrap { padding: 6px 0; width: fit-content; gap: 4px; }
#limits .label-wrap span, #limits .block span { font-size: 12.5px; color: var(--quiet); }
#limits .form { display: grid; grid-template-columns: repeat(auto-fit, minmax(110px, 1fr)); gap: 8px; border: 0;
  background: none; box-shadow: none; width: 100%; }
#limits .form .block { padding: 0; min-width: 0 !important; overflow: visible; }
#limits .wrap, #limits textarea { background: var(--panel); border: 1px solid var(--line); border-radius: 8px;
  font-size: 13px; min-height: 34px; box-shadow: none; }
#limits .wrap .wrap, #limits .wrap-inner { border: 0; padding-block: 0; } #limits textarea { padding: 6px 9px; }
#limits .wrap input { font-size: 13px; margin: 0; }
#drop { border: 1px dashed var(--neutral-400) !important; border-radius: 10px; background: var(--soft); }
#drop .upload-container { height: auto !important; min-height: 0; padding: 14px 6px; }
#drop .upload-container .wrap { font-size: 0; line-height: 0; gap: 4px; min-height: 0; padding: 0 8px; }
#drop .upload-container .wrap * { display: none; }
#drop .upload-container .wrap::before { content: "Drop articles, or click to choose"; font-size: 13.5px;
  line-height: 1.4; color: var(--body-text-color); }
#drop .upload-container .wrap::after { content: "txt · md · html · pdf · docx · jsonl · csv"; font-size: 11.5px;
  line-height: 1.4; color: var(--quiet); }
@media (max-width: 639px) { .brand p { display: none; } }
@media (max-width: 1023px) {
  #columns { display: flex; flex-direction: column; height: auto; }
  #archive, #talk, #article { height: auto; overflow: visible; width: 100%; flex-grow: 0 !important; }
  #talk { order: 0; min-height: 60vh; border: 0; } #article { order: 1; } #archive { order: 2; }
  #article, #archive { border-top: 1px solid var(--line); }
  #conversation, #open { flex-basis: auto; overflow: visible !important; }
  #open .nothing { margin: 12px 0; }
}
"""

TEXTS = """
.column-title { display: flex; justify-content: space-between; align-items: baseline; font-size: 13px;
  font-weight: 650; margin: 0; color: var(--body-text-color); }
.count, .hint, .details, .omitted, .model { color: var(--quiet); font-size: 12px; font-weight: 400; }
.error { color: var(--bad); font-size: 13px; margin: 6px 0; overflow-wrap: anywhere; }
.lead { font-size: 20px; font-weight: 650; letter-spacing: -.01em; color: var(--body-text-color); margin: 0 0 6px; }
ul.articles, ul.entries, .sources { list-style: none; margin: 0; padding: 0; }
.gradio-container button.article, .gradio-container button.source { display: block; width: 100%; text-align: start;
  background: none; border: 0; border-radius: 6px; padding: 7px 9px; cursor: pointer; color: var(--body-text-color);
  font: inherit; line-height: 1.35; }
button.article:hover, button.source:hover { background: var(--soft); }
button.article[aria-current] { background: var(--soft); box-shadow: inset 3px 0 0 var(--accent); }
.gradio-container button:focus-visible, .gradio-container a:focus-visible { outline: 2px solid var(--accent);
  outline-offset: 1px; }
button.article .title { display: block; font-size: 13.5px; overflow-wrap: anywhere; display: -webkit-box;
  -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
button.article .details { display: block; margin-top: 1px; }
.receipt { font-size: 12.5px; border: 1px solid var(--line); border-radius: 8px; padding: 8px 10px; }
.receipt p { margin: 0; } .receipt .counts { font-weight: 600; }
progress { width: 100%; height: 6px; margin: 6px 0 2px; border: 0; border-radius: 3px; overflow: hidden;
  appearance: none; background: var(--line); }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
progress:not([value]) { animation: beat 1s infinite; }
.entries { max-height: 220px; overflow-y: auto; }
.entry { padding: 3px 0 3px 18px; position: relative; overflow-wrap: anywhere; }
.entry .icon { position: absolute; left: 2px; color: var(--good); font-weight: 700; }
.entry .outcome, .entry .reason { color: var(--quiet); } .entry .reason { display: block; }
.entry.failed .icon, .entry.failed .outcome { color: var(--bad); }
.entry.skipped .icon, .entry.unchanged .icon { color: var(--quiet); }
"""

TALK = """
.welcome { max-width: 520px; margin: 12vh auto 0; text-align: center; color: var(--quiet); font-size: 14.5px; }
.welcome p { margin: 0 0 6px; }
.chips { display: flex; flex-wrap: wrap; gap: 8px; justify-content: center; margin-top: 20px; }
.gradio-container button.chip { border: 1px solid var(--line); background: var(--panel); border-radius: 999px;
  padding: 7px 14px; font: inherit; font-size: 14px; color: var(--body-text-color); cursor: pointer; }
button.chip:hover { border-color: var(--accent); color: var(--accent); }
.turns { max-width: 760px; margin: 0 auto; }
.turn { padding-bottom: 22px; }
.turn .question { width: fit-content; max-width: 85%; margin: 0 0 14px auto; padding: 8px 14px;
  border-radius: 16px 16px 4px 16px; background: var(--asked); color: var(--body-text-color); font-size: 15px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
.answer { font-size: 15.5px; line-height: 1.55; color: var(--body-text-color); }
.answer .judged { margin: 0 0 22px; }
.answer .statement { margin: 0 0 6px; overflow-wrap: anywhere; }
.answer .statement s { color: var(--quiet); text-decoration-color: var(--bad); text-decoration-thickness: 1px; }
.answer .verdict, .answer .reasons, .answer .searched { font-size: 13px; margin: 0; }
.answer .reasons { list-style: none; padding: 0; margin-top: 3px; } .answer .reasons li { overflow-wrap: anywhere; }
.answer .searched { color: var(--quiet); margin-bottom: 10px; overflow-wrap: anywhere; }
.badge { display: inline-block; font-size: 11.5px; font-weight: 650; line-height: 18px; padding: 0 8px;
  border-radius: 9px; border: 1px solid currentColor; white-space: nowrap; color: var(--quiet); }
.badge.supported { color: var(--good); } .badge.overstated { color: var(--warn); } .badge.partly { color: var(--some); }
.badge.unsupported, .badge.contradicted { color: var(--bad); }
.unheard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.answer blockquote.statement { border: 0; border-inline-start: 3px solid var(--accent); padding-inline-start: 14px;
  font-style: normal; color: inherit; }
.gradio-container button.cite { font: inherit; font-size: 11px; font-weight: 650; line-height: 17px; min-width: 18px;
  height: 18px; padding: 0 5px; margin-inline-start: 2px; border-radius: 9px; border: 0; vertical-align: 2px;
  cursor: pointer; background: var(--soft); color: var(--accent); }
button.cite:hover { background: var(--accent); color: white; }
.sources { border: 1px solid var(--line); border-radius: 10px; background: var(--panel); overflow: hidden;
  margin-top: 8px; }
.sources li { border-top: 1px solid var(--line); } .sources li:first-child { border-top: 0; }
.gradio-container .sources button.source { border-radius: 0; padding: 8px 12px; font-size: 13.5px; }
.article .title, .source .title { text-align: left; }
.gradio-container .sources button.source:has(.number) { display: grid; grid-template-columns: 22px 1fr auto;
  column-gap: 4px; align-items: baseline; }
.source .number { color: var(--accent); font-weight: 650; font-size: 12px; }
.source .title { font-weight: 550; overflow-wrap: anywhere; } .source .details { display: block; margin-top: 1px; }
.source .badge { border: 0; padding: 0; margin-inline-start: 8px; }
.source .number ~ .details, .source .number ~ q, .source .note { grid-column: 2 / 4; }
.source q { display: block; quotes: none; color: var(--body-text-color); margin-top: 4px; overflow-wrap: anywhere;
  border-inline-start: 2px solid var(--line); padding-inline-start: 8px; }
.source .note { display: block; font-size: 12px; color: var(--quiet); margin-top: 3px; overflow-wrap: anywhere; }
.disagreement { margin-top: 10px; border: 1px solid var(--bad); border-radius: 10px; padding: 8px 10px 10px; }
.disagreement h3 { font-size: 12.5px; font-weight: 650; color: var(--bad); margin: 0; }
.sources.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 8px; border: 0;
  background: none; overflow: visible; }
.sources.sides li, .sources.sides li:first-child { border: 1px solid var(--line); border-radius: 8px;
  background: var(--panel); }
.gradio-container .sources.sides button.source { height: 100%; grid-auto-rows: max-content; }
.sides .source .title, .sides .source .badge { grid-column: 2 / 4; }
.sides .source .badge { grid-row: auto; justify-self: start; margin: 1px 0; }
.sides .details { font-weight: 600; color: var(--body-text-color); }
.tools { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; margin-top: 12px; }
.gradio-container button.tool { font: inherit; font-size: 12.5px; padding: 3px 10px; border-radius: 7px;
  cursor: pointer; border: 1px solid var(--line); background: var(--panel); color: var(--body-text-color); }
button.tool:hover { border-color: var(--accent); color: var(--accent); }
.tools-label { font-size: 12.5px; color: var(--quiet); margin-inline-start: 8px; }
#saved { display: none; }
.abstained { font-weight: 600; margin: 0; }
h3.nearest { font-size: 12.5px; font-weight: 600; color: var(--quiet); margin: 12px 0 0; }
h3.nearest + .sources { margin-top: 6px; }
.answer .notice { font-size: 12.5px; margin: 8px 0 0; padding: 6px 10px; border-radius: 6px; background: var(--soft); }
.answer .model { margin: 8px 0 0; }
.pending { display: flex; align-items: center; gap: 8px; font-size: 13.5px; color: var(--quiet); margin: 0; }
.pulse { width: 8px; height: 8px; border-radius: 50%; background: var(--accent); animation: beat 1s infinite; }
@keyframes beat { 50% { opacity: .2; } }
@media (prefers-reduced-motion: reduce) { .pulse { animation: none; } }
"""

ARTICLE = """
.nothing { margin-top: 12vh; text-align: center; color: var(--quiet); font-size: 14px; padding: 0 20px; }
.nothing p { margin: 0; } .nothing .lead { font-size: 16px; margin-bottom: 4px; }
.open-article header { border-bottom: 1px solid var(--line); padding-bottom: 10px; margin-bottom: 12px; }
.open-article h2 { font-size: 18px; line-height: 1.3; font-weight: 650; margin: 0 0 4px; overflow-wrap: anywhere;
  color: var(--body-text-color); }
.open-article header p { margin: 0; }
.open-article .address { font-size: 12px; overflow-wrap: anywhere; margin-top: 3px; }
.open-article .address, .open-article .address a { color: var(--quiet); }
.open-article .text { font-size: 15px; line-height: 1.6; color: var(--body-text-color); }
.open-article .text p { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 .75em; text-align: start; }
.open-article .text p.gap { display: none; }
.open-article mark { background: var(--mark); color: var(--mark-ink); border-radius: 3px; padding: 1px 0;
  scroll-margin: 80px; outline: none; }
#notice .asked { font-size: 13.5px; margin: 0; }
"""

EVALUATION = """
#evaluation { gap: 0; height: calc(100vh - 44px); height: calc(100dvh - 44px); background: var(--panel); }
#evaluating { flex: 0 0 auto; flex-wrap: nowrap; align-items: center; gap: 12px; min-height: 52px; padding: 8px 18px;
  border-bottom: 1px solid var(--line); }
#told { flex: 1 1 0; min-width: 0; }
#told p { font-size: 13px; margin: 0; overflow-wrap: anywhere; }
#told .running { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; color: var(--body-text-color); }
#told progress { width: min(320px, 100%); margin: 0; }
#told .running p { font-variant-numeric: tabular-nums; }
#report { flex: 1 1 0; min-height: 0; } #report .html-container, #report .html-container > div { height: 100%; }
#report .hint { padding: 18px; margin: 0; font-size: 13px; overflow-wrap: anywhere; }
iframe.report { display: block; width: 100%; height: 100%; border: 0; }
"""

CSS = LAYOUT + TEXTS + TALK + ARTICLE + EVALUATION
