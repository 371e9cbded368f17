/* The questions of a section, in Wagtail's editor: a question may leave for another section,
   dragged, or with the arrows when it is the first or the last. Its block keeps its id, by
   which the server knows it. */
(() => {
  const { StreamBlock, StreamBlockDefinition } = window.wagtailStreamField.blocks;
  const everySection = new Set();

  const isShown = (questions) => {
    const element = questions.container[0];
    const section = element.parentElement.closest("[data-streamfield-child]");
    const deleted = section && section.querySelector(":scope > input[name$='-deleted']");
    return element.isConnected && !(deleted && deleted.value);
  };

  const inReadingOrder = () =>
    [...everySection]
      .filter(isShown)
      .sort((one, other) =>
        one.container[0].compareDocumentPosition(other.container[0]) &
        Node.DOCUMENT_POSITION_FOLLOWING
          ? -1
          : 1,
      );

  const moveTo = (question, target, index) => {
    const { collapsed } = question;
    const state = question.getState();
    question.sequence.deleteBlock(question.index);
    const moved = target.insert(state, index, { collapsed });
    const button = collapsed
      ? moved.element.querySelector("[data-panel-toggle]")
      : moved.element.querySelector("textarea, input:not([type=hidden])");
    button?.focus();
    target.countInput[0].dispatchEvent(new Event("change", { bubbles: true }));
  };

  const leave = (question, step) => {
    const sections = inReadingOrder();
    const target = sections[sections.indexOf(question.sequence) + step];
    if (target) moveTo(question, target, step < 0 ? target.children.length : 0);
  };

  const letCross = (question) => {
    const within = { up: question.moveUp, down: question.moveDown };
    question.moveUp = () =>
      question.index > 0 ? within.up.call(question) : leave(question, -1);
    question.moveDown = () =>
      question.index < question.sequence.children.length - 1
        ? within.down.call(question)
        : leave(question, +1);
    question.enableMoveUp();
    question.enableMoveDown();
    question.disableMoveUp = () => {};
    question.disableMoveDown = () => {};
  };

  class QuestionsBlock extends StreamBlock {
    constructor(...parts) {
      // The questions that are there when the page opens are drawn when their panel does.
      const { QuestionBlockDefinition } = window.surveysQuestions;
      QuestionBlockDefinition.opening = true;
      super(...parts);
      QuestionBlockDefinition.opening = false;
      everySection.add(this);
      // A line a question, but for those where something has to be put right. Later: a panel
      // looks for its content in the document, and errors come last.
      const opened = [...this.children];
      queueMicrotask(() =>
        opened
          .filter(({ element }) => !element.querySelector(".w-field--error, .help-critical"))
          .forEach((question) => question.collapse()),
      );
    }

    _createChild(...parts) {
      const question = super._createChild(...parts);
      letCross(question);
      return question;
    }

    initDragNDrop() {
      super.initDragNDrop();
      const within = this.sortable.option("onEnd");
      this.sortable.option("group", "questions");
      this.sortable.option("onEnd", (event) => {
        if (event.from === event.to) {
          within(event);
          return;
        }
        const target = inReadingOrder().find(
          (questions) => questions.sequenceContainer[0] === event.to,
        );
        event.from.append(event.item);
        moveTo(this.children[event.oldDraggableIndex], target, event.newDraggableIndex);
      });
    }
  }

  class QuestionsBlockDefinition extends StreamBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      return new QuestionsBlock(this, placeholder, prefix, initialState, initialError);
    }
  }

  window.telepath.register("surveys.QuestionsBlock", QuestionsBlockDefinition);
})();
