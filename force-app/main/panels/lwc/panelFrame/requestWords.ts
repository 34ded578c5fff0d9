/** A request that is making an SAP customer, in the words of the panel that waits for it. */
import { fill } from 'c/sapFormat';
import { isOnItsWay } from 'c/panelReader';
import STOPPED from '@salesforce/label/c.Panel_Request_Stopped';
import STOPPED_ASK from '@salesforce/label/c.Panel_Request_Stopped_Ask';
import UNDER_WAY from '@salesforce/label/c.Panel_Request_Under_Way';
import UNDER_WAY_TEXT from '@salesforce/label/c.Panel_Request_Under_Way_Text';
import VERIFYING_TEXT from '@salesforce/label/c.Panel_Request_Verifying_Text';
import WAITING from '@salesforce/label/c.Panel_Request_Waiting';

/** Whether it goes on by itself. */
export const requestHeading = (request: Gangway.RequestView): string => (isOnItsWay(request) ? UNDER_WAY : STOPPED);

/** Where it stands, what it waits for, and whose the next step is. */
export function requestText(request: Gangway.RequestView, canCreate: boolean): string {
    const { name, problem, status } = request;
    if (!isOnItsWay(request)) {
        return canCreate && problem ? `${problem.title} ${problem.advice}` : fill(STOPPED_ASK, name);
    }
    if (status === 'verifying') return fill(VERIFYING_TEXT, name);
    const underWay = fill(UNDER_WAY_TEXT, name);
    return problem ? `${underWay} ${fill(WAITING, problem.title)}` : underWay;
}
