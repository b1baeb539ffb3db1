import type { Json } from '../../../../simulator/slack/json.ts';
import { field, isObject, listField, textField } from '../../../../simulator/slack/json.ts';
import { Chart } from './chart.tsx';
import { Element } from './element.tsx';
import { InputBlock } from './input-block.tsx';
import { RichText } from './rich-text.tsx';
import { DataTable, Table } from './table.tsx';
import { Mrkdwn, plain, TextObject } from './text.tsx';

export function Blocks({ blocks }: { readonly blocks: readonly unknown[] }) {
  return (
    <div class="blocks">
      {blocks.filter(isObject).map((block, index) => (
        <Block key={block['type'] === 'input' ? idOf(block) : index} block={block} />
      ))}
    </div>
  );
}

/** https://docs.slack.dev/reference/block-kit/blocks */
function Block({ block }: { readonly block: Json }) {
  switch (block['type']) {
    case 'section':
      return <Section block={block} />;
    case 'rich_text':
      return <RichText block={block} />;
    case 'context':
      return (
        <div class="context">
          {listField(block, 'elements').map((element, index) => (
            <span key={index}>
              <ContextElement element={element} />
            </span>
          ))}
        </div>
      );
    case 'actions':
      return (
        <div class="actions">
          {listField(block, 'elements')
            .filter(isObject)
            .map((element) => (
              <Element key={String(element['action_id'])} blockId={idOf(block)} element={element} />
            ))}
        </div>
      );
    case 'input':
      return <InputBlock block={block} />;
    case 'header':
      return <h3 class="header">{plain(block['text'])}</h3>;
    case 'divider':
      return <hr />;
    case 'image':
      return <Picture of={block} />;
    case 'markdown':
      return (
        <div class="lines">
          <Mrkdwn text={textField(block, 'text') ?? ''} />
        </div>
      );
    case 'alert':
      return (
        <p class="alert" data-level={textField(block, 'level') ?? 'default'}>
          <TextObject object={block['text']} />
        </p>
      );
    case 'table':
      return <Table block={block} />;
    case 'data_table':
      return <DataTable block={block} />;
    case 'data_visualization':
      return <Chart block={block} />;
    default:
      return <p class="unknown">(a block of the type {String(block['type'])})</p>;
  }
}

function Section({ block }: { readonly block: Json }) {
  const accessory = field(block, 'accessory');
  const fields = listField(block, 'fields');
  return (
    <div class="section">
      <div class="said">
        {block['text'] !== undefined && (
          <div class="lines">
            <TextObject object={block['text']} />
          </div>
        )}
        {fields.length > 0 && (
          <div class="fields">
            {fields.map((object, index) => (
              <div key={index} class="lines">
                <TextObject object={object} />
              </div>
            ))}
          </div>
        )}
      </div>
      {isObject(accessory) &&
        (accessory['type'] === 'image' ? (
          <Picture of={accessory} />
        ) : (
          <Element blockId={idOf(block)} element={accessory} />
        ))}
    </div>
  );
}

function ContextElement({ element }: { readonly element: unknown }) {
  return field(element, 'type') === 'image' ? <Picture of={element} /> : <TextObject object={element} />;
}

/** Pictures come from other hosts, and this page asks none: it says what would be seen. */
function Picture({ of }: { readonly of: unknown }) {
  return (
    <span class="picture" role="img" aria-label={textField(of, 'alt_text')}>
      {textField(of, 'alt_text')}
    </span>
  );
}

function idOf(block: Json): string {
  return textField(block, 'block_id') ?? '';
}
