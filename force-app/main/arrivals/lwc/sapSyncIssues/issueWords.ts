/** The words of the page of held changes. */
import { fill } from 'c/sapFormat';
import DISCARD_TITLE from '@salesforce/label/c.Discard_Title';
import DISCARD_TITLE_ONE from '@salesforce/label/c.Discard_Title_One';
import ANYBODY from '@salesforce/label/c.Issues_Anybody';
import DISCARD from '@salesforce/label/c.Issues_Discard';
import EMPTY from '@salesforce/label/c.Issues_Empty';
import EMPTY_TEXT from '@salesforce/label/c.Issues_Empty_Text';
import NEXT_PAGE from '@salesforce/label/c.Issues_Next_Page';
import NONE_FOUND from '@salesforce/label/c.Issues_None_Found';
import NONE_FOUND_TEXT from '@salesforce/label/c.Issues_None_Found_Text';
import NO_RETRY from '@salesforce/label/c.Issues_No_Retry';
import NOT_NOTED from '@salesforce/label/c.Issues_Not_Noted';
import NOTED from '@salesforce/label/c.Issues_Noted';
import PAGE from '@salesforce/label/c.Issues_Page';
import PREVIOUS from '@salesforce/label/c.Issues_Previous';
import RESPONSIBLE from '@salesforce/label/c.Issues_Responsible';
import RETRY from '@salesforce/label/c.Issues_Retry';
import SEARCH from '@salesforce/label/c.Issues_Search';
import SELECTED from '@salesforce/label/c.Issues_Selected';
import STATE from '@salesforce/label/c.Issues_State';
import STATE_DISCARDED from '@salesforce/label/c.Issues_State_Discarded';
import STATE_HELD from '@salesforce/label/c.Issues_State_Held';
import STATE_OPTION from '@salesforce/label/c.Issues_State_Option';
import STATE_SOLVED from '@salesforce/label/c.Issues_State_Solved';
import STATE_WAITING from '@salesforce/label/c.Issues_State_Waiting';
import TITLE from '@salesforce/label/c.Issues_Title';
import REFRESH from '@salesforce/label/c.Sync_Refresh';
import REFRESHED from '@salesforce/label/c.Sync_Refreshed';

/** Everything the page says itself. */
export const labels = {
    anybody: ANYBODY,
    discard: DISCARD,
    discardTitle: DISCARD_TITLE,
    discardTitleOne: DISCARD_TITLE_ONE,
    empty: EMPTY,
    emptyText: EMPTY_TEXT,
    next: NEXT_PAGE,
    noRetry: NO_RETRY,
    noneFound: NONE_FOUND,
    noneFoundText: NONE_FOUND_TEXT,
    notNoted: NOT_NOTED,
    noted: NOTED,
    page: PAGE,
    previous: PREVIOUS,
    refresh: fill(REFRESH, TITLE),
    refreshed: REFRESHED,
    responsible: RESPONSIBLE,
    retry: RETRY,
    search: SEARCH,
    selected: SELECTED,
    state: STATE,
    title: TITLE,
};

const stateWords: Readonly<Record<Gangway.SyncIssueState, string>> = {
    Held: STATE_HELD,
    Waiting: STATE_WAITING,
    Solved: STATE_SOLVED,
    Discarded: STATE_DISCARDED,
};

/** The states with how many issues are in each, as far as that is known. */
export const stateOptions = (
    states: readonly Gangway.SyncIssueState[],
    counts: Gangway.SyncIssuesView['counts'],
): { label: string; value: string }[] =>
    states.map((value) => {
        const count = counts[value];
        return { value, label: count === undefined ? stateWords[value] : fill(STATE_OPTION, stateWords[value], count) };
    });
