// Keeps a page in step with its room: newer parts replace older ones, forms are sent without leaving.
"use strict";
