/**
 * The grammars of texts that people and clients write, each with its only parser. A parser knows the form of a text.
 * Its callers know the limits of their option or parameter, and the words of their error message.
 */
package io.quorate.common.text;
