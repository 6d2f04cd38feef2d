/**
 * One idea: a definition is its own picture, because it says where everything leads before anything
 * runs.
 *
 * <p>Four texts are made of a {@link io.stateward.statemachine.Machine}: {@link
 * io.stateward.statemachine.diagram.Mermaid} and {@link io.stateward.statemachine.diagram.PlantUml}
 * for people, with the states that are active {@linkplain
 * io.stateward.statemachine.diagram.Mermaid#highlight(io.stateward.statemachine.Snapshot)
 * highlighted}; {@link io.stateward.statemachine.diagram.ScxmlText} and {@link
 * io.stateward.statemachine.diagram.XStateJson} for other tools. No guard, no function and no
 * action is called for them. The same machine gives the same text, and a state keeps its id when
 * others come and go, so that texts can be kept under version control.
 *
 * <p>Start at {@link io.stateward.statemachine.diagram.Mermaid}.
 */
@NullMarked
package io.stateward.statemachine.diagram;

import org.jspecify.annotations.NullMarked;
