/** What a driver and its executors must have for the jobs to run, looked at before they do. */
@NullMarked
package org.winnow.doctor;

import org.jspecify.annotations.NullMarked;
