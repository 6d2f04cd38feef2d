/**
 * One idea: a payment is in one state at a time, and stays in it when the program is killed.
 *
 * <p>{@link io.stateward.examples.payment.PaymentMachine} is the whole of what may happen; a {@link
 * io.stateward.examples.payment.PaymentService} beside it is slow, fails, or is gone, as the person
 * wishes. What a payment has reached is stored before anything is asked of the service, so that a
 * program which is killed goes on where it was, and the service charges once.
 *
 * <p>Start at {@link io.stateward.examples.payment.PaymentFlow}.
 */
@NullMarked
package io.stateward.examples.payment;

import org.jspecify.annotations.NullMarked;
