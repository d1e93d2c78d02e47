import { Component, type ComponentChild, type FunctionComponent } from 'preact';

/** The same component, rendered again only when one of its props is another value. */
export function pure<P extends object>(View: FunctionComponent<P>) {
  return class Pure extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const keys = new Set([...Object.keys(this.props), ...Object.keys(next)]);
      return [...keys].some((key) => !Object.is(Reflect.get(this.props, key), Reflect.get(next, key)));
    }
    override render(): ComponentChild {
      return <View {...this.props} />;
    }
  };
}
