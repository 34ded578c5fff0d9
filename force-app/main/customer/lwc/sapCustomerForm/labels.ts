/** The sentences of the form, in one object for its template. */
import BACK from '@salesforce/label/c.Create_Back';
import CONTINUE from '@salesforce/label/c.Create_Continue';
import DONE_HEADING from '@salesforce/label/c.Create_Done_Heading';
import DONE_TEXT from '@salesforce/label/c.Create_Done_Text';
import FORM_HEADING from '@salesforce/label/c.Create_Form_Heading';
import FORM_INTRO from '@salesforce/label/c.Create_Form_Intro';
import LINK_HEADING from '@salesforce/label/c.Link_Title';
import LINK_INSTEAD from '@salesforce/label/c.Create_Link_Instead';
import MATCHES_HEADING from '@salesforce/label/c.Create_Matches_Heading';
import MATCHES_INTRO from '@salesforce/label/c.Create_Matches_Intro';
import MISSING_HEADING from '@salesforce/label/c.Create_Missing_Heading';
import NONE_OF_THESE from '@salesforce/label/c.Create_None_Of_These';
import NOT_ALLOWED from '@salesforce/label/c.Create_Not_Allowed';
import NOT_ALLOWED_TEXT from '@salesforce/label/c.Create_Not_Allowed_Text';
import CLOSE from '@salesforce/label/c.Close';
import PROGRESS_HEADING from '@salesforce/label/c.Create_Progress_Heading';
import WORKING from '@salesforce/label/c.Create_Working';

export const labels = {
    back: BACK,
    close: CLOSE,
    continue: CONTINUE,
    doneHeading: DONE_HEADING,
    doneText: DONE_TEXT,
    formHeading: FORM_HEADING,
    formIntro: FORM_INTRO,
    linkHeading: LINK_HEADING,
    linkInstead: LINK_INSTEAD,
    matchesHeading: MATCHES_HEADING,
    matchesIntro: MATCHES_INTRO,
    missingHeading: MISSING_HEADING,
    noneOfThese: NONE_OF_THESE,
    notAllowed: NOT_ALLOWED,
    notAllowedText: NOT_ALLOWED_TEXT,
    progressHeading: PROGRESS_HEADING,
    working: WORKING,
};
