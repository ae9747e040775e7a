import { MAX_TEXT_BYTES } from '../../libs/ledger/index.ts';

/*
 * Texts that mean to be something else than words: on a page they are to be read as they were written, and to be nothing else.
 * The ledger refuses control characters and what turns the direction of writing; marks of direction stay, for scripts need them.
 */

const MARKUP = [
  '<b>bold</b>',
  '<h1>Another heading</h1>',
  '<a href="http://elsewhere.invalid/">a link</a>',
  '<img src=x onerror="document.title=1">',
  '<IMG """><IMG SRC="x">',
  '<svg onload=document.title=1>',
  '<svg><animate onbegin=document.title=1 attributeName=x></svg>',
  '<math><mtext></mtext><mglyph><style><img src=x></style></mglyph></math>',
  '<iframe srcdoc="<b>inside</b>"></iframe>',
  '<form action="/sign-out" method="post"><button>Press me</button></form>',
  '<input autofocus onfocus=document.title=1>',
  '<base href="http://elsewhere.invalid/">',
  '<meta http-equiv="refresh" content="0;url=http://elsewhere.invalid/">',
  '<link rel=stylesheet href="http://elsewhere.invalid/a.css">',
  '<style>body{display:none}</style>',
  '<table><tr><td>a cell</td></tr></table>',
  '<details open ontoggle=document.title=1><summary>x</summary></details>',
  '<marquee>runs</marquee>',
  '<video><source onerror="document.title=1"></video>',
  '<noscript><p title="</noscript><img src=x onerror=document.title=1>">',
  '<template><b>held</b></template>',
  '<plaintext>and all that follows',
  '</textarea></select></title></style></script>out of whatever it stands in',
  '</p></dd></div></main></body></html>after the end',
  '<!-- a comment that does not end',
  '<![CDATA[ not in this language ]]>',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
  '<x-element a=1>',
  '<b',
  '<><>< b>< /b>',
];
const SCRIPTS = [
  '<script>document.title="taken"</script>',
  '<ScRiPt src=http://elsewhere.invalid/a.js></sCrIpT>',
  '<script type=module>document.title="taken"</script>',
  'javascript:document.title=1',
  'JaVaScRiPt&colon;alert(1)',
  'data:text/html,<script>1</script>',
  'vbscript:msgbox(1)',
  '"><script>document.title=1</script>',
  "'-document.title-'",
  '\\";document.title=1//',
  '`${document.title=1}`',
  '</script><script>document.title=1</script>',
];
const BREAKING_OUT = [
  '" onmouseover="document.title=1',
  "' onfocus='document.title=1' autofocus='",
  '">',
  "'>",
  '`',
  'x=y onclick=document.title=1',
  '&quot;&gt;&lt;b&gt;',
  '&lt;script&gt;document.title=1&lt;/script&gt;',
  '&amp;amp;lt;b&amp;amp;gt;',
  '&#60;b&#62; &#x3c;b&#x3e; &notanentity; &',
  '&nbsp;&shy;&ZeroWidthSpace;&lrm;',
];
const TEMPLATES = [
  '{{ 7*7 }}',
  '{% include "frame/layout.njk" %}',
  '{# nothing to see #}',
  '{{ frame.formToken }}',
  "{{ ''.constructor.constructor('return 1')() }}",
  '${7*7} #{7*7} <%= 7*7 %>',
  '{{=1}} [[1]] ((1))',
  '%7B%7B7*7%7D%7D',
];
const FORMULAE = [
  '=1+1',
  '=HYPERLINK("http://elsewhere.invalid/","Press me")',
  "=cmd|' /C calc'!A0",
  '+1-1',
  '-2+3',
  '@SUM(A1:A2)',
  '=\t1',
  "'; DROP TABLE events; --",
  '%s %n %x %d',
  '../../../../etc/passwd',
];
const SCRIPTS_OF_THE_WORLD = [
  'مرحبا بالعالم',
  'שלום עולם',
  'English مرحبا English 123 שלום',
  '\u200fright to left mark\u200f first',
  'left\u200e to \u200eright مرحبا\u200e 12',
  'شرطة — (١٢٣) — “اقتباس”',
  '漢字かな交じり文が、とても長く、空白なしに続くので、どこかで折り返さなければならない。'.repeat(4),
  'ไม่มีช่องว่างระหว่างคำในภาษาไทยและข้อความนี้ยาวมาก'.repeat(3),
  'नमस्ते दुनिया',
];
const COMBINING = [
  'Z̵̧̢̛̼͙̙͓̯̗̞̪̘͙̠̉̇̊́̈́͐̆̓͊͘͝a̵̡̨̛̯̘̦̟̥̪̗̙͔͇͆́̈́͐̇̆͌͊̚͝l̸̢̛̲̼̖̟̪̰̠̦̀̿̋̿̾͗̕͠g̴̢̘̲̼̤̙̈́̊̈́͒̂͌͘͝ͅo̷̢̞̲͈͔̫͎̯̿̈́̍̈̇̊̕͜͝',
  `a${'\u0301'.repeat(300)} tall`,
  'e\u0301 and é are not written alike',
  '👩‍👩‍👧‍👦🏴‍☠️🇬🇧👍🏽',
  '\u{1F469}\u200d\u{1F4BB}'.repeat(60),
];
const UNSEEN = [
  'zero\u200bwidth\u200cnon\u200djoiner\u2060s',
  `soft${'\u00ad'.repeat(50)}hyphens`,
  'tag\u{E0041}\u{E0042}s of language',
  'variation\ufe0f\ufe0e selectors\u{E0100}',
  'hair\u200a thin\u2009 figure\u2007 no-break\u00a0 ideographic\u3000 spaces',
  'object \ufffc replaced \ufffd',
];
const LONG = [
  'w'.repeat(400),
  `${'https://elsewhere.invalid/'}${'path/'.repeat(60)}`,
  'M'.repeat(120),
  `a-${'b-'.repeat(150)}c`,
  `${'_'.repeat(200)}.pdf`,
  'many words '.repeat(60).trim(),
  'W\u00a0'.repeat(150).trim(),
];

/** As long as a text may be. An event has room for one of them. */
export const LONGEST = 'Llanfairpwll '.repeat(MAX_TEXT_BYTES).slice(0, MAX_TEXT_BYTES - 1) + '.';
export const LONGEST_WORD = 'x'.repeat(MAX_TEXT_BYTES);

/** One hundred, no two alike, by what they try. */
export const HOSTILE_SETS: readonly (readonly string[])[] = [
  MARKUP,
  SCRIPTS,
  BREAKING_OUT,
  TEMPLATES,
  FORMULAE,
  SCRIPTS_OF_THE_WORLD,
  COMBINING,
  UNSEEN,
  LONG,
  [LONGEST],
  [LONGEST_WORD],
];

/** What is refused wherever words are written, for it is read otherwise than it stands or cannot be seen. */
export const REFUSED_TEXTS: readonly string[] = [
  'right\u202eto left',
  '\u2066isolated\u2069',
  'nul\u0000l',
  'escape\u001b[31m',
  'bell\u0007',
  'next\u0085line',
  'half \ud800 of a character',
  '\u200b\u200b',
];

/** Those for which a window can be too narrow. */
export const WIDE_SETS: readonly (readonly string[])[] = [
  LONG,
  [LONGEST_WORD],
  COMBINING,
  SCRIPTS_OF_THE_WORLD,
  UNSEEN,
];
