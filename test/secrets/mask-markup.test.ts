import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../src/secrets/secrets.js';
import { escapeText } from '../../src/xml/escape-xml.js';

const secrets = createSecrets();
const mask = (text: string, classNames?: readonly string[]) => secrets.begin().text(text, classNames);

describe('secrets in markup', () => {
  it.each([
    ['<p:Password xmlns:p="u">hunter2</p:Password>', '<p:Password xmlns:p="u">***</p:Password>'],
    ['<PASSWORD>hunter2</PASSWORD >', '<PASSWORD>***</PASSWORD >'],
    ['<a:b.c:Password>hunter2</a:b.c:Password>', '<a:b.c:Password>hunter2</a:b.c:Password>'.replace('hunter2', '***')],
    ['<p:Secret><![CDATA[hunter2]]></p:Secret>', '<p:Secret>***</p:Secret>'],
    ['<p:Secret>hun<!-- x -->ter2</p:Secret>', '<p:Secret>***</p:Secret>'],
    ['<w:Selector Name="Password">hunter2</w:Selector>', '<w:Selector Name="Password">***</w:Selector>'],
    [`<w:Selector Name='&#80;assword'>hunter2</w:Selector>`, `<w:Selector Name='&#80;assword'>***</w:Selector>`],
    ['<P NAME="Secret"><VALUE>hunter2</VALUE></P>', '<P NAME="Secret">***</P>'],
    ['<a Password="hunter2" b="c"/>', '<a Password="***" b="c"/>'],
    ['<a b="Password=&quot;hunter2&quot;"/>', '<a b="Password=&quot;***&quot;"/>'],
    [
      "<w:Filter>SELECT * FROM A WHERE Secret='hunter2'</w:Filter>",
      "<w:Filter>SELECT * FROM A WHERE Secret='***'</w:Filter>",
    ],
    ['<!-- hunter2 --><a/>', '<!--***--><a/>'],
    ['<?x hunter2?><a/>', '<?***?><a/>'],
    ['<p:Password><p:Password>hunter2</p:Password>hunter2</p:Password>', '<p:Password>***</p:Password>'],
  ])('%s becomes %s', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });

  it.each([
    '<?xml version="1.0"?><a b=\'c\' >x &amp; y</a >',
    '<p:Password xsi:nil="true"/><p:Password></p:Password><p:EnablePassword>true</p:EnablePassword>',
    '<p:PasswordExpires>20261129200000.000000+000</p:PasswordExpires>',
    '<![CDATA[plain <b/>]]>',
  ])('%s stays as it is, letter by letter', (text) => {
    expect(mask(text)).toBe(text);
  });

  it.each([
    '<p:Password>hunter2',
    '<p:Password>hunter2</p:Pass',
    '<p:Password><b>hunter2</p:Password',
    '<a Password="hunter2',
    '<a Password=hunter2',
    '<p:Password><![CDATA[hunter2',
    '<!-- hunter2',
    '<a>&lt;Password&gt;hunter2',
    '<a><![CDATA[<Password>hunter2',
    'Password = "hunter2',
  ])('%s, which was cut off, shows none', (text) => {
    expect(mask(text)).not.toContain('hunter2');
  });

  it('are found in instances within strings, however often they are escaped, and what is beside them stays', () => {
    let text = '<INSTANCE CLASSNAME="A_B"><PROPERTY NAME="Password"><VALUE>hunter2</VALUE></PROPERTY></INSTANCE>';
    for (let times = 0; times < 8; times++) {
      text = `<p:Settings>${escapeText(text)}</p:Settings>`;
      expect(mask(text)).not.toContain('hunter2');
    }
    expect(mask('<a>&lt;Password&gt;hunter2&lt;/Password&gt;&lt;c&gt;d&lt;/c&gt;</a>')).toBe(
      '<a>&lt;Password&gt;***&lt;/Password&gt;&lt;c&gt;d&lt;/c&gt;</a>',
    );
    expect(mask('<a><![CDATA[<Password>hunter2</Password><c>d</c>]]></a>')).toBe(
      '<a><![CDATA[<Password>***</Password><c>d</c>]]></a>',
    );
    expect(mask('<a>instance of A_B { Password = &quot;hunter2&quot;; Name = "x"; };</a>')).toBe(
      '<a>instance of A_B { Password = "***"; Name = "x"; };</a>',
    );
  });

  it('of a class whose name ends like one are those of its properties', () => {
    expect(
      mask('<p:CIM_SharedSecret><p:Secret>hunter2</p:Secret><p:SystemName>a</p:SystemName></p:CIM_SharedSecret>'),
    ).toBe('<p:CIM_SharedSecret><p:Secret>***</p:Secret><p:SystemName>a</p:SystemName></p:CIM_SharedSecret>');
  });

  it('of certain classes are found where the text names the class, or the caller does', () => {
    const auth = '<p:OwnerAuth>hunter2</p:OwnerAuth>';
    expect(mask(auth)).toBe(auth);
    expect(mask(auth, ['Win32_Tpm'])).not.toContain('hunter2');
    expect(mask(`<w:ResourceURI>http://x/root/cimv2/Win32_Tpm</w:ResourceURI>${auth}`)).not.toContain('hunter2');
  });

  it('are a fragment whose header names one, in the answer, too', () => {
    const masking = secrets.begin();
    const request = masking.text('<w:FragmentTransfer s:mustUnderstand="true">Password/text()</w:FragmentTransfer>');
    expect(request).toContain('Password/text()');
    expect(masking.text('<w:XmlFragment>hunter2</w:XmlFragment>')).toBe('<w:XmlFragment>***</w:XmlFragment>');
    expect(mask('<w:XmlFragment>shown</w:XmlFragment>')).toBe('<w:XmlFragment>shown</w:XmlFragment>');
  });

  it('are masked where a fault quotes them', () => {
    const masking = secrets.begin();
    masking.text('<p:Password>hun&amp;ter2</p:Password>');
    expect(masking.quoting("<s:Text>'hun&amp;ter2' is too short</s:Text>")).toBe("<s:Text>'***' is too short</s:Text>");
    expect(masking.quoting("'hun&ter2' is too short")).toBe("'***' is too short");
  });

  it('never come through, whatever stands around them', () => {
    const noise = fc.string({
      unit: fc.constantFrom(...'<>/!-?[]"\'= abp:&;', '&lt;', '<![CDATA[', ']]>', '<a>', '</a>'),
    });
    fc.assert(
      fc.property(noise, noise, (before, inside) => {
        const text = `${before.replaceAll(/[<"'&]/g, '')}<p:Password>${inside}hunter2</p:Password>`;
        expect(mask(text)).not.toContain('hunter2');
      }),
    );
  });

  it('are looked for in time in proportion to the length', () => {
    const began = performance.now();
    const pieces = [
      '<a ',
      '<a b="',
      '&amp;',
      '&lt;',
      '<p:Password>',
      "='",
      'a_',
      'A_b',
      '<![CDATA[',
      '{',
      '<a b =',
      '<!--',
    ];
    for (const piece of pieces) mask(piece.repeat(Math.ceil(500_000 / piece.length)));
    mask(`<a ${'x'.repeat(500_000)}>`);
    mask(`<a>${'&amp;'.repeat(20)}${'amp;'.repeat(100_000)}</a>`);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
