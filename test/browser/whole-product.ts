/** Everything that `npm start` starts, and people at browsers of their own in front of it. */
import { expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startLocalProduct } from '../../scripts/start/local-product.ts';
import type { LocalProduct } from '../../scripts/start/local-product.ts';
import { launchBrowser, visit } from './browser.ts';
import type { Visitor } from './browser.ts';

export class WholeProduct {
  readonly product: LocalProduct;
  readonly #browser: Browser;
  readonly #visitors: Visitor[] = [];

  static async start(): Promise<WholeProduct> {
    const [product, browser] = await Promise.all([
      startLocalProduct({ say: () => undefined, port: 0, mayMove: true }),
      launchBrowser(),
    ]);
    return new WholeProduct(product, browser);
  }

  private constructor(product: LocalProduct, browser: Browser) {
    this.product = product;
    this.#browser = browser;
  }

  /** Somebody of the org sits down. */
  async come(firstName: string, viewport?: { width: number; height: number }): Promise<Visitor> {
    const visitor = await visit(this.#browser, this.product.salesforce, firstName, viewport);
    this.#visitors.push(visitor);
    return visitor;
  }

  /** All leave; nothing may have gone wrong on their pages. */
  async leave(): Promise<void> {
    const visitors = this.#visitors.splice(0);
    await Promise.all(visitors.map((visitor) => visitor.close()));
    expect(visitors.flatMap(({ mishaps }) => mishaps)).toEqual([]);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.product.close();
  }
}
