package io.stateward.signal.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a derived node has only while somebody watches it: the links to its dependencies, and whose
 * turn it is to deliver.
 */
final class Watch<T extends @Nullable Object> {

  private static final Link[] UNLINKED = {};
  private static final Node<?>[] NOTHING = {};

  private final Derived<T> derived;
  final CommitLock lock = new CommitLock();
  private final AtomicInteger notes = new AtomicInteger(); // deliveries that reached it; 0: unowned
  private int seen; // owner only: the notes that its evaluation covers
  volatile @Nullable Cell<T> delivered; // written by activation, then by the owner
  private volatile long settled = -1; // the version that all projections have; by the owner
  private volatile Turn.@Nullable Cause noted;
  private final AtomicInteger followers = new AtomicInteger(); // links from here or a projection

  /**
   * Guards the links. Not the lock: attaching takes the dependency's lock, and two nodes that
   * depend on each other, in different states, would wait for each other.
   */
  private final ReentrantLock linking = new ReentrantLock();

  private Link[] links = UNLINKED; // guarded by linking
  private volatile Node<?>[] linked = NOTHING; // written under linking: where the links are
  private final List<Subscriber<?>> newcomers = new ArrayList<>(0); // guarded by lock
  private volatile boolean awaited; // written under lock: whether there are newcomers

  Watch(Derived<T> derived) {
    this.derived = derived;
  }

  /** The link from a dependency to a derived node. */
  static final class Link extends Edge {
    private final Derived<?> derived;

    Link(Derived<?> derived) {
      this.derived = derived;
    }

    @Override
    public void advance(Cell<?> now, Pass pass) {
      pass.affects(derived);
    }

    @Override
    public void mark(Pass pass) {
      pass.affects(derived);
    }

    @Override
    public void end() {
      // other sources may go on
    }
  }

  /** Whether anything is derived of the node, or of a projection of it, and linked. */
  boolean leadsFurther() {
    return followers.get() > 0;
  }

  /** Takes the right to deliver, or leaves a note for who has it. */
  boolean tryOwn(Turn.@Nullable Cause cause) {
    if (cause != null) {
      noted = cause; // so that a loop through this node is seen as one
    }
    return notes.getAndIncrement() == 0;
  }

  /** Gives the right back, unless a note came after the last evaluation. */
  boolean tryRelease() {
    return notes.compareAndSet(seen, 0);
  }

  void release() {
    notes.set(0);
  }

  /** Returns what caused the last note, as far as a callback did. */
  Turn.@Nullable Cause noted() {
    return noted;
  }

  /** Evaluates, and notes in the pass whom to tell. For the owner. */
  void settle(Pass pass) {
    seen = notes.get(); // before evaluating: what is noted later may not be covered
    List<Subscriber<?>> arrived = takeNewcomers();
    Cell<T> now = derived.latest();
    Cell<T> was = delivered;
    if (was != null && now.version > was.version && !isSame(was, now)) {
      delivered = now;
      pass.changed(derived, was, now);
      derived.advanceEdges(now, pass);
      settled = now.version;
    }
    for (Subscriber<?> member : arrived) {
      pass.welcomed(member, now);
    }
  }

  /** Returns the version that was last carried to every projection. */
  long settled() {
    return settled;
  }

  private List<Subscriber<?>> takeNewcomers() {
    if (!awaited) {
      return List.of();
    }
    lock.lock();
    try {
      List<Subscriber<?>> taken = List.copyOf(newcomers);
      newcomers.clear();
      awaited = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Whether readers made the node go elsewhere and back between two deliveries. */
  private boolean isSame(Cell<T> was, Cell<T> now) {
    boolean compared = now.version == was.version + 1; // when the later one was made
    return !compared && derived.sameValue(was, now);
  }

  /**
   * Links to the dependencies, and theirs, if somebody is the first to watch. Then sees to it that
   * the new subscriber hears of what came after its start: deliveries may have passed it by, and
   * what was delivered last need not be what it started from.
   */
  void welcome(Subscriber<?> member) {
    lock.lock();
    try {
      newcomers.add(member);
      awaited = true;
    } finally {
      lock.unlock();
    }
    relink();
    Turn turn = Turn.current();
    Turn.Cause cause = turn.cause;
    Pass pass = new Pass(cause);
    try {
      pass.revisits(derived);
      pass.settle();
      pass.tell(turn);
    } finally {
      pass.close();
      turn.cause = cause;
    }
  }

  /**
   * Makes the links what they should be: those of the last evaluation, or none when nobody watches.
   * Goes on upstream, in a loop, since graphs are deeper than stacks. Returns whether any changed.
   */
  boolean relink() {
    if (isLinkedRight()) {
      return false;
    }
    Deque<Derived<?>> pending = new ArrayDeque<>();
    pending.push(derived);
    boolean any = false;
    while (!pending.isEmpty()) {
      any |= pending.pop().watch().relinkOne(pending);
    }
    return any;
  }

  /**
   * Whether nothing has to be done, as far as one look can tell; if it changes now, its turn comes.
   */
  private boolean isLinkedRight() {
    return linked == wanted();
  }

  private Node<?>[] wanted() {
    return derived.isIdle() ? NOTHING : derived.memo().dependencies;
  }

  /** Makes sure, unlocked, that what is wanted is not what a reader of another moment left. */
  private void refresh() {
    if (!isLinkedRight() && !derived.isIdle() && !derived.memo().isFresh()) {
      derived.latest();
    }
  }

  private boolean relinkOne(Deque<Derived<?>> pending) {
    Link[] oldLinks;
    Node<?>[] oldNodes;
    Node<?>[] newNodes;
    refresh();
    linking.lock();
    try {
      newNodes = wanted();
      if (linked == newNodes) {
        return false;
      }
      oldLinks = links;
      oldNodes = linked;
      links = attachTo(newNodes);
      linked = newNodes;
    } finally {
      linking.unlock();
    }
    for (int i = 0; i < oldNodes.length; i++) { // after attaching: what stays is never let go
      oldNodes[i].detachQuietly(oldLinks[i]);
      count(oldNodes[i], -1);
    }
    pushUpstream(oldNodes, pending);
    pushUpstream(newNodes, pending);
    return true;
  }

  private Link[] attachTo(Node<?>[] nodes) {
    Link[] made = new Link[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      made[i] = new Link(derived);
      count(nodes[i], 1); // before there is a link to be marked
      nodes[i].attach(made[i]);
    }
    return made;
  }

  private static void count(Node<?> dependency, int links) {
    if (dependency.source() instanceof Derived<?> upstream) {
      upstream.watch().followers.addAndGet(links);
    }
  }

  private static void pushUpstream(Node<?>[] nodes, Deque<Derived<?>> pending) {
    for (Node<?> node : nodes) {
      if (node.source() instanceof Derived<?> upstream) {
        pending.push(upstream);
      }
    }
  }
}
