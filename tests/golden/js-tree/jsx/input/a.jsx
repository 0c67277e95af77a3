export const View = ({ items }) => (
  <ul className="x" {...rest} onClick={() => go(items[0])}>
    text {items.map(item => <li key={item.id}>{item?.name ?? 'none'}</li>)}
    <></>
    <Foo.Bar header={<i/>} />
  </ul>
);
