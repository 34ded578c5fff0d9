/**
 * What `PanelView.body` holds once parsed. The shapes are the gateway's own (gateway/src/model): whoever changes one
 * there and forgets a panel is stopped by tsc. Types only, so nothing of the gateway reaches a component.
 */
import type * as Model from '../../gateway/src/model/index.ts';

declare global {
    namespace Gangway {
        type Money = Model.Money;
        /** Without the permission to see amounts, Apex leaves the currency and takes the amount away. */
        type ShownMoney = { amount: string | null; currency: string };
        type Quantity = Model.Quantity;
        type CodedText = Model.CodedText;
        type SalesArea = Model.SalesArea;
        type UnavailableFigure = Model.UnavailableFigure;

        type Shown<T> = T extends Money
            ? ShownMoney
            : T extends string | number | boolean | null
              ? T
              : T extends readonly (infer Entry)[]
                ? Shown<Entry>[]
                : { [Key in keyof T]: Shown<T[Key]> };

        type CreditBody = Shown<Model.Credit>;
        type CreditAccount = Shown<Model.CreditAccount>;
        type Receivables = Shown<Model.Receivables>;
        type Block = Model.Block;
        type OrderPageBody = Shown<Model.OrderPage>;
        type OrderSummary = Shown<Model.OrderSummary>;
        type OrderStatus = Model.OrderStatus;
        type OrderBody = Shown<Model.Order>;
        type InvoicePageBody = Shown<Model.InvoicePage>;
        type Invoice = Shown<Model.Invoice>;
        type InvoiceState = Model.InvoiceState;
    }
}
