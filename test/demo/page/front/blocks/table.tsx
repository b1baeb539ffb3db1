import { useState } from 'preact/hooks';
import { field, listField, textField } from '../../../../simulator/slack/json.ts';
import { RichText } from './rich-text.tsx';

const usualPage = 5;

export function Table({ block }: { readonly block: unknown }) {
  return <Rows rows={listField(block, 'rows')} settings={listField(block, 'column_settings')} />;
}

/** A table with a heading that shows a page of rows at a time. */
export function DataTable({ block }: { readonly block: unknown }) {
  const [page, setPage] = useState(0);
  const [head, ...rows] = listField(block, 'rows');
  const size = Number(field(block, 'page_size') ?? usualPage);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const shown = Math.min(page, pages - 1);
  return (
    <div>
      <Rows
        caption={textField(block, 'caption') ?? ''}
        rows={[head, ...rows.slice(shown * size, (shown + 1) * size)]}
        settings={[]}
      />
      {pages > 1 && (
        <p class="paging">
          <button type="button" disabled={shown === 0} onClick={() => setPage(shown - 1)}>
            Back
          </button>
          Page {shown + 1} of {pages}
          <button type="button" disabled={shown === pages - 1} onClick={() => setPage(shown + 1)}>
            On
          </button>
        </p>
      )}
    </div>
  );
}

interface RowsProps {
  readonly rows: readonly unknown[];
  readonly settings: readonly unknown[];
  readonly caption?: string;
}

function Rows({ rows: [head, ...body], settings, caption }: RowsProps) {
  return (
    <div class="table" tabIndex={0} role="group" aria-label={caption ?? 'Table'}>
      <table>
        {caption !== undefined && <caption>{caption}</caption>}
        <thead>
          <tr>
            {cellsOf(head).map((cell, index) => (
              <th key={index} scope="col" data-align={textField(settings[index], 'align') ?? alignOf(cell)}>
                <Cell cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, index) => (
            <tr key={index}>
              {cellsOf(row).map((cell, column) => (
                <td key={column} data-align={textField(settings[column], 'align') ?? alignOf(cell)}>
                  <Cell cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell }: { readonly cell: unknown }) {
  if (field(cell, 'type') === 'rich_text') return <RichText block={cell} />;
  return <>{textField(cell, 'text')}</>;
}

function cellsOf(row: unknown): readonly unknown[] {
  return Array.isArray(row) ? row : [];
}

function alignOf(cell: unknown): string {
  return field(cell, 'type') === 'raw_number' ? 'right' : 'left';
}
