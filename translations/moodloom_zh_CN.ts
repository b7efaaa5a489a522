<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Find references</source>
        <translation>查找参考图</translation>
    </message>
    <message>
        <source>Paint the picture</source>
        <translation>绘制图像</translation>
    </message>
    <message>
        <source>Stop painting</source>
        <translation>停止绘制</translation>
    </message>
    <message>
        <source>Write the prompt</source>
        <translation>写提示词</translation>
    </message>
    <message>
        <source>Roll a new seed</source>
        <translation>换一个随机种子</translation>
    </message>
    <message>
        <source>Show the take large</source>
        <translation>放大查看成图</translation>
    </message>
    <message>
        <source>Export the take</source>
        <translation>导出成图</translation>
    </message>
    <message>
        <source>Add a folder to the library</source>
        <translation>把文件夹加入图库</translation>
    </message>
    <message>
        <source>Make the sample library</source>
        <translation>生成示例图库</translation>
    </message>
    <message>
        <source>Search the library</source>
        <translation>搜索图库</translation>
    </message>
    <message>
        <source>Go to the board</source>
        <translation>转到画板</translation>
    </message>
    <message>
        <source>Go to the library</source>
        <translation>转到图库</translation>
    </message>
    <message>
        <source>Go to the settings</source>
        <translation>转到设置</translation>
    </message>
    <message>
        <source>Switch between dark and light</source>
        <translation>切换深色与浅色</translation>
    </message>
    <message>
        <source>Switch between English and Chinese</source>
        <translation>切换英文与中文</translation>
    </message>
    <message>
        <source>Show or hide the references</source>
        <translation>显示或隐藏参考图</translation>
    </message>
    <message>
        <source>Show or hide the inspector</source>
        <translation>显示或隐藏检查器</translation>
    </message>
    <message>
        <source>Show all actions</source>
        <translation>显示所有操作</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo on the board</source>
        <translation>撤销画板上的操作</translation>
    </message>
    <message>
        <source>Redo on the board</source>
        <translation>重做画板上的操作</translation>
    </message>
    <message>
        <source>New board</source>
        <translation>新建画板</translation>
    </message>
    <message>
        <source>Open a board</source>
        <translation>打开画板</translation>
    </message>
    <message>
        <source>Save the board as</source>
        <translation>画板另存为</translation>
    </message>
    <message>
        <source>New frame</source>
        <translation>新建画框</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>新建便签</translation>
    </message>
    <message>
        <source>Edit the text of the frame or note</source>
        <translation>编辑画框或便签的文字</translation>
    </message>
    <message>
        <source>Select everything on the board</source>
        <translation>全选画板内容</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Drop the references, remove everything else</source>
        <translation>舍弃参考图，移除其他内容</translation>
    </message>
    <message>
        <source>Pin or unpin</source>
        <translation>固定或取消固定</translation>
    </message>
    <message>
        <source>Put on the frame&apos;s shelf, or take from it</source>
        <translation>放上画框的搁架，或从搁架取下</translation>
    </message>
    <message>
        <source>Bring to front</source>
        <translation>移到最前</translation>
    </message>
    <message>
        <source>Send to back</source>
        <translation>移到最后</translation>
    </message>
    <message>
        <source>Lock or unlock</source>
        <translation>锁定或解锁</translation>
    </message>
    <message>
        <source>Flip left and right</source>
        <translation>左右翻转</translation>
    </message>
    <message>
        <source>Flip top and bottom</source>
        <translation>上下翻转</translation>
    </message>
    <message>
        <source>Arrange in rows</source>
        <translation>按行排列</translation>
    </message>
    <message>
        <source>Arrange in columns</source>
        <translation>按列排列</translation>
    </message>
    <message>
        <source>Nudge left</source>
        <translation>向左微移</translation>
    </message>
    <message>
        <source>Nudge right</source>
        <translation>向右微移</translation>
    </message>
    <message>
        <source>Nudge up</source>
        <translation>向上微移</translation>
    </message>
    <message>
        <source>Nudge down</source>
        <translation>向下微移</translation>
    </message>
    <message>
        <source>Nudge far left</source>
        <translation>向左大步移动</translation>
    </message>
    <message>
        <source>Nudge far right</source>
        <translation>向右大步移动</translation>
    </message>
    <message>
        <source>Nudge far up</source>
        <translation>向上大步移动</translation>
    </message>
    <message>
        <source>Nudge far down</source>
        <translation>向下大步移动</translation>
    </message>
    <message>
        <source>Show the whole board</source>
        <translation>显示整个画板</translation>
    </message>
    <message>
        <source>Zoom to the selection</source>
        <translation>缩放到所选内容</translation>
    </message>
    <message>
        <source>Zoom to the original size</source>
        <translation>缩放到原始大小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Bring forward</source>
        <translation>上移一层</translation>
    </message>
    <message>
        <source>Send backward</source>
        <translation>下移一层</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>编组</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消编组</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Show what is hidden</source>
        <translation>显示隐藏的内容</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Show all of the picture</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>Pack tightly</source>
        <translation>紧密排列</translation>
    </message>
    <message>
        <source>Arrange in a grid</source>
        <translation>排成网格</translation>
    </message>
    <message>
        <source>Arrange by name</source>
        <translation>按名称排列</translation>
    </message>
    <message>
        <source>Arrange by date</source>
        <translation>按日期排列</translation>
    </message>
    <message>
        <source>Align left edges</source>
        <translation>左对齐</translation>
    </message>
    <message>
        <source>Align centers</source>
        <translation>水平居中对齐</translation>
    </message>
    <message>
        <source>Align right edges</source>
        <translation>右对齐</translation>
    </message>
    <message>
        <source>Align top edges</source>
        <translation>顶端对齐</translation>
    </message>
    <message>
        <source>Align middles</source>
        <translation>垂直居中对齐</translation>
    </message>
    <message>
        <source>Align bottom edges</source>
        <translation>底端对齐</translation>
    </message>
    <message>
        <source>Distribute horizontally</source>
        <translation>水平均匀分布</translation>
    </message>
    <message>
        <source>Distribute vertically</source>
        <translation>垂直均匀分布</translation>
    </message>
    <message>
        <source>Make equally high</source>
        <translation>统一高度</translation>
    </message>
    <message>
        <source>Make equally wide</source>
        <translation>统一宽度</translation>
    </message>
    <message>
        <source>Make equally large</source>
        <translation>统一面积</translation>
    </message>
    <message>
        <source>Copy linked files into the board</source>
        <translation>将链接的文件复制到画板中</translation>
    </message>
    <message>
        <source>Check the board&apos;s file</source>
        <translation>检查画板文件</translation>
    </message>
    <message>
        <source>Compact the board&apos;s file</source>
        <translation>压缩画板文件</translation>
    </message>
    <message>
        <source>Show or hide the board&apos;s outline</source>
        <translation>显示或隐藏画板大纲</translation>
    </message>
    <message>
        <source>Show or hide the minimap</source>
        <translation>显示或隐藏缩略图导航</translation>
    </message>
    <message>
        <source>Add a folder of models</source>
        <translation>添加模型文件夹</translation>
    </message>
    <message>
        <source>Paint over the selected picture, else over the take</source>
        <translation>在选中的图片上绘制，否则在成图上绘制</translation>
    </message>
    <message>
        <source>Go to the models</source>
        <translation>前往模型</translation>
    </message>
    <message>
        <source>Next role: content, style, layout</source>
        <translation>下一个角色：内容、风格、布局</translation>
    </message>
    <message>
        <source>Role: content</source>
        <translation>角色：内容</translation>
    </message>
    <message>
        <source>Role: style</source>
        <translation>角色：风格</translation>
    </message>
    <message>
        <source>Role: layout</source>
        <translation>角色：布局</translation>
    </message>
    <message>
        <source>Act in all steps</source>
        <translation>在所有步骤中起作用</translation>
    </message>
    <message>
        <source>Act in the first half of the steps</source>
        <translation>在前一半步骤中起作用</translation>
    </message>
    <message>
        <source>Act in the second half of the steps</source>
        <translation>在后一半步骤中起作用</translation>
    </message>
    <message>
        <source>Show or hide what the model sees</source>
        <translation>显示或隐藏模型所见</translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>Lasso: select with a drawn loop</source>
        <translation>套索：用画出的圈选择</translation>
    </message>
    <message>
        <source>Pen: draw by hand</source>
        <translation>画笔：手绘</translation>
    </message>
    <message>
        <source>Eraser of what was drawn</source>
        <translation>橡皮：擦除手绘线条</translation>
    </message>
    <message>
        <source>Thinner pen</source>
        <translation>画笔变细</translation>
    </message>
    <message>
        <source>Thicker pen</source>
        <translation>画笔变粗</translation>
    </message>
    <message>
        <source>Compare the two selected pictures</source>
        <translation>比较所选的两张图片</translation>
    </message>
    <message>
        <source>Show or hide the rulers</source>
        <translation>显示或隐藏标尺</translation>
    </message>
    <message>
        <source>Present the pictures and frames one by one</source>
        <translation>逐一放映图片和画框</translation>
    </message>
    <message>
        <source>Play or pause what moves</source>
        <translation>播放或暂停动图</translation>
    </message>
    <message>
        <source>Snap to neighbors, or do not</source>
        <translation>吸附到相邻对象，或不吸附</translation>
    </message>
    <message>
        <source>Keep the window over all others, or do not</source>
        <translation>窗口置顶，或取消置顶</translation>
    </message>
    <message>
        <source>Teach the model your pictures</source>
        <translation>用您的图片训练模型</translation>
    </message>
    <message>
        <source>Copy as file</source>
        <translation>复制为文件</translation>
    </message>
    <message>
        <source>Copy as pixels</source>
        <translation>复制像素</translation>
    </message>
    <message>
        <source>Copy the recipe</source>
        <translation>复制配方</translation>
    </message>
    <message>
        <source>Note: acts in the picture, or is a comment</source>
        <translation>便签：作用于图像，或仅作备注</translation>
    </message>
    <message>
        <source>Place an upright guide</source>
        <translation>放置竖直参考线</translation>
    </message>
    <message>
        <source>Place a level guide</source>
        <translation>放置水平参考线</translation>
    </message>
    <message>
        <source>Remove all guides</source>
        <translation>移除所有参考线</translation>
    </message>
    <message>
        <source>Earlier prompts</source>
        <translation>以前的提示词</translation>
    </message>
    <message>
        <source>Describe what is here as a prompt</source>
        <translation>把这里的内容写成提示词</translation>
    </message>
    <message>
        <source>Close the board</source>
        <translation>关闭画板</translation>
    </message>
    <message>
        <source>Reopen the board that was closed last</source>
        <translation>重新打开最近关闭的画板</translation>
    </message>
    <message>
        <source>Next board</source>
        <translation>下一个画板</translation>
    </message>
    <message>
        <source>Previous board</source>
        <translation>上一个画板</translation>
    </message>
    <message>
        <source>Move the board&apos;s tab to the left</source>
        <translation>将画板标签左移</translation>
    </message>
    <message>
        <source>Move the board&apos;s tab to the right</source>
        <translation>将画板标签右移</translation>
    </message>
    <message>
        <source>Paint variations in a grid</source>
        <translation>绘制变体网格</translation>
    </message>
    <message>
        <source>Use the prompt and settings of a picture file</source>
        <translation>使用某个图片文件的提示词和设置</translation>
    </message>
    <message>
        <source>Turn left by 15°</source>
        <translation>向左旋转 15°</translation>
    </message>
    <message>
        <source>Turn right by 15°</source>
        <translation>向右旋转 15°</translation>
    </message>
    <message>
        <source>Turn left by a quarter</source>
        <translation>向左旋转 90°</translation>
    </message>
    <message>
        <source>Turn right by a quarter</source>
        <translation>向右旋转 90°</translation>
    </message>
    <message>
        <source>Turn upright</source>
        <translation>转正</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Original size</source>
        <translation>原始大小</translation>
    </message>
    <message>
        <source>Edit the tags</source>
        <translation>编辑标签</translation>
    </message>
    <message>
        <source>Copy the pictures&apos; files into the board</source>
        <translation>把图片的文件复制到画板中</translation>
    </message>
    <message>
        <source>Link the pictures to their files</source>
        <translation>将图片改为链接到其文件</translation>
    </message>
    <message>
        <source>Link new pictures to their files, or copy them in</source>
        <translation>新图片：链接到文件或复制进来</translation>
    </message>
    <message>
        <source>Forget what can be undone</source>
        <translation>清除撤销历史</translation>
    </message>
    <message>
        <source>Go to the next part of the window</source>
        <translation>转到窗口的下一部分</translation>
    </message>
    <message>
        <source>Go to the previous part of the window</source>
        <translation>转到窗口的上一部分</translation>
    </message>
    <message>
        <source>Fetch the pictures of the selected web addresses</source>
        <translation>获取所选网址的图片</translation>
    </message>
    <message>
        <source>Stop fetching the selected pictures</source>
        <translation>停止获取所选图片</translation>
    </message>
    <message>
        <source>Edit the text of the selected web address</source>
        <translation>编辑所选网址的文字</translation>
    </message>
    <message>
        <source>Greyscale or colour</source>
        <translation>灰度或彩色</translation>
    </message>
    <message>
        <source>Arrange by colour</source>
        <translation>按颜色排列</translation>
    </message>
    <message>
        <source>Take the colour under the pointer</source>
        <translation>拾取指针处的颜色</translation>
    </message>
    <message>
        <source>Look up what the take does not show, and paint again</source>
        <translation>查找成图没有画出的内容，再画一次</translation>
    </message>
    <message>
        <source>Add the next item to the selection</source>
        <translation>将下一项加入选择</translation>
    </message>
    <message>
        <source>Add the item before to the selection</source>
        <translation>将上一项加入选择</translation>
    </message>
    <message>
        <source>Undo on the board or in the library</source>
        <translation>撤销画板或图库中的操作</translation>
    </message>
    <message>
        <source>Locate the picture&apos;s file…</source>
        <translation>定位图片的文件…</translation>
    </message>
</context>
<context>
    <name>AddonList</name>
    <message>
        <source>Take off</source>
        <translation>取下</translation>
    </message>
    <message>
        <source>Take %1 off</source>
        <translation>取下 %1</translation>
    </message>
    <message>
        <source>Scale of %1</source>
        <translation>%1 的强度</translation>
    </message>
</context>
<context>
    <name>AssetCell</name>
    <message>
        <source>The file is not where it was</source>
        <translation>文件已不在原处</translation>
    </message>
    <message>
        <source>Use as a reference</source>
        <translation>用作参考图</translation>
    </message>
    <message>
        <source>Remove from the library</source>
        <translation>从图库中移除</translation>
    </message>
</context>
<context>
    <name>AwayFolders</name>
    <message numerus="yes">
        <source>%1 is not there: %n picture(s) are out of reach.</source>
        <translation>
            <numerusform>%1 不在原处：%n 张图片无法访问。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not there.</source>
        <translation>%1 不在原处。</translation>
    </message>
    <message>
        <source>Connect its drive, or locate the folder if it moved.</source>
        <translation>请连接其所在的磁盘；如果文件夹已移动，请重新定位。</translation>
    </message>
    <message>
        <source>Locate folder…</source>
        <translation>定位文件夹…</translation>
    </message>
    <message>
        <source>Where is %1 now?</source>
        <translation>%1 现在在哪里？</translation>
    </message>
</context>
<context>
    <name>BoardCanvas</name>
    <message>
        <source>Shelf: acts everywhere</source>
        <translation>搁架：作用于整幅画面</translation>
    </message>
    <message>
        <source>Describe the picture here: double-click</source>
        <translation>双击此处描述画面</translation>
    </message>
    <message>
        <source>Everywhere: %1</source>
        <translation>全图：%1</translation>
    </message>
    <message>
        <source>Nothing is placed here or pinned: what a search finds best acts everywhere</source>
        <translation>此处没有放置或固定的图片：搜索找到的最佳参考图作用于全图</translation>
    </message>
</context>
<context>
    <name>BoardInspector</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>for “%1”, %2</source>
        <translation>用于“%1”，%2</translation>
    </message>
    <message>
        <source>%1; place references in it or on its shelf</source>
        <translation>%1；把参考图放进画框或它的搁架</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Off the shelf</source>
        <translation>从搁架取下</translation>
    </message>
    <message>
        <source>To the shelf</source>
        <translation>放上搁架</translation>
    </message>
    <message>
        <source>On a frame&apos;s shelf a reference acts on the whole picture</source>
        <translation>放在画框搁架上的参考图作用于整幅画面</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Drag the handles; drag inside to move the picture</source>
        <translation>拖动手柄调整范围；在内部拖动可移动图片</translation>
    </message>
    <message>
        <source>Greyscale</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Paint over it</source>
        <translation>在此图上绘制</translation>
    </message>
    <message>
        <source>The active frame&apos;s next takes begin with this picture instead of noise</source>
        <translation>当前画框的后续成图从这张图片开始，而不是从噪声开始</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Its arrangement acts: what stands where. What it shows does not.</source>
        <translation>起作用的是它的布局：什么在哪里；画了什么不起作用。</translation>
    </message>
    <message>
        <source>Acts in these steps</source>
        <translation>在这些步骤中起作用</translation>
    </message>
    <message>
        <source>Steps in which it acts</source>
        <translation>起作用的步骤</translation>
    </message>
    <message>
        <source>Hide what the model sees</source>
        <translation>隐藏模型所见</translation>
    </message>
    <message>
        <source>What the model sees</source>
        <translation>模型所见</translation>
    </message>
    <message>
        <source>Which references act in this frame, where, and how strongly</source>
        <translation>哪些参考图作用于这个画框、作用在哪里、有多强</translation>
    </message>
    <message numerus="yes">
        <source>%1; %n note(s) act, too</source>
        <translation>
            <numerusform>%1；另有 %n 个便签起作用</numerusform>
        </translation>
    </message>
    <message>
        <source>Acts in the picture</source>
        <translation>作用于图像</translation>
    </message>
    <message>
        <source>A comment: painting does not see it.</source>
        <translation>仅作备注：绘制时不会看到它。</translation>
    </message>
    <message>
        <source>What it says is painted where it lies in the frame.</source>
        <translation>它写的内容会画在它在画框中所处的位置。</translation>
    </message>
    <message>
        <source>In a frame, what it says is painted where it lies. Here it is a comment.</source>
        <translation>放在画框中时，它写的内容会画在所处的位置。在这里它只是备注。</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>What is set here is set for all of them.</source>
        <translation>此处的设置对所有选中项生效。</translation>
    </message>
    <message>
        <source>Locked in its place</source>
        <translation>已锁定位置</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>来自 %1</translation>
    </message>
    <message numerus="yes">
        <source>%1; %n reference(s) act on it</source>
        <translation>
            <numerusform>%1；有 %n 张参考图作用于它</numerusform>
        </translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>Its look acts: colours, light, brushwork. What it shows does not.</source>
        <translation>起作用的是它的样子：颜色、光线、笔触；画了什么不起作用。</translation>
    </message>
    <message>
        <source>Words, with commas</source>
        <translation>词语，用逗号分隔</translation>
    </message>
    <message>
        <source>Some are locked in their places</source>
        <translation>其中一些已锁定位置</translation>
    </message>
    <message>
        <source>Locked in their places</source>
        <translation>已锁定位置</translation>
    </message>
    <message>
        <source>Some act, others are comments: painting does not see those.</source>
        <translation>一些起作用，另一些仅作备注：绘制时不会看到备注。</translation>
    </message>
    <message>
        <source>What those in a frame say is painted where they lie. The others are comments.</source>
        <translation>画框内的便签，所写内容画在它们所在之处；其余仅作备注。</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>多个值</translation>
    </message>
</context>
<context>
    <name>BoardMenu</name>
    <message>
        <source>Add pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>New frame</source>
        <translation>新建画框</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>新建便签</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Take from the frame&apos;s shelf</source>
        <translation>从画框的搁架取下</translation>
    </message>
    <message>
        <source>Put on the frame&apos;s shelf</source>
        <translation>放上画框的搁架</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>弃用</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>排列</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>层次</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消编组</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>编组</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Show what is hidden</source>
        <translation>显示隐藏的内容</translation>
    </message>
    <message>
        <source>Board&apos;s file</source>
        <translation>画板文件</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>手绘</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>复制为</translation>
    </message>
    <message>
        <source>Make it a comment</source>
        <translation>设为备注</translation>
    </message>
    <message>
        <source>Let it act in the picture</source>
        <translation>让它作用于图像</translation>
    </message>
    <message>
        <source>Turn and size</source>
        <translation>旋转与大小</translation>
    </message>
    <message>
        <source>Stop fetching from %1</source>
        <translation>停止从 %1 获取</translation>
    </message>
    <message>
        <source>Fetch from %1</source>
        <translation>从 %1 获取</translation>
    </message>
    <message>
        <source>Edit the text</source>
        <translation>编辑文字</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>定位…</translation>
    </message>
</context>
<context>
    <name>BoardTabBar</name>
    <message>
        <source>%1 (not saved)</source>
        <translation>%1（未保存）</translation>
    </message>
    <message>
        <source>%1 (read only)</source>
        <translation>%1（只读）</translation>
    </message>
    <message>
        <source>Close the board; it can be opened again</source>
        <translation>关闭画板；之后可以重新打开</translation>
    </message>
    <message>
        <source>New board</source>
        <translation>新建画板</translation>
    </message>
</context>
<context>
    <name>BoardTextEditor</name>
    <message>
        <source>What should be seen in this frame?</source>
        <translation>这个画框里应该有什么？</translation>
    </message>
    <message>
        <source>Write a note; Markdown is shown formatted</source>
        <translation>写便签；支持 Markdown</translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message>
        <source>Board</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Tab goes through the items, arrows move them.</source>
        <translation>Tab 键在对象间切换，方向键移动对象。</translation>
    </message>
    <message>
        <source>An empty board</source>
        <translation>空画板</translation>
    </message>
    <message>
        <source>Write a prompt above to find references.
Drop or paste pictures from anywhere.
Double-click here to make a frame: what you place in it is what you get there.</source>
        <translation>在上方写提示词来查找参考图。
从任何地方拖入或粘贴图片。
双击此处新建画框：放在哪里，画面里就出现在哪里。</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>New frame</source>
        <translation>新建画框</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Or double-click on the board</source>
        <translation>或在画板上双击</translation>
    </message>
    <message>
        <source>%1 is on the clipboard</source>
        <translation>%1 已复制到剪贴板</translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation>缩略图导航</translation>
    </message>
    <message>
        <source>Zoom %1: show the whole board</source>
        <translation>缩放 %1：显示整个画板</translation>
    </message>
    <message>
        <source>Drop here to put it on the board</source>
        <translation>拖放到此处，放到画板上</translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s) dropped</source>
        <translation>
            <numerusform>已弃用 %n 张参考图</numerusform>
        </translation>
    </message>
    <message>
        <source>Where is %1 now?</source>
        <translation>%1 现在在哪里？</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>find references for a prompt and paint a picture</source>
        <translation>为提示词查找参考图并绘制图像</translation>
    </message>
    <message>
        <source>find references in the library</source>
        <translation>在图库中查找参考图</translation>
    </message>
    <message>
        <source>add to, list or describe the library</source>
        <translation>向图库添加、列出或查看图库信息</translation>
    </message>
    <message>
        <source>draw a library of captioned pictures to try things with</source>
        <translation>绘制一套带说明的示例图库，供试用</translation>
    </message>
    <message>
        <source>Moodloom composes a picture from words and from pictures.</source>
        <translation>Moodloom 用文字和图片构成一幅画。</translation>
    </message>
    <message>
        <source>open the studio</source>
        <translation>打开工作室</translation>
    </message>
    <message>
        <source>Every command takes --help, and --json for JSON lines instead of text.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.</source>
        <translation>每个命令都支持 --help，加 --json 则逐行输出 JSON 而不是文字。
退出码：0 完成，1 失败，2 用法错误，130 被中断。</translation>
    </message>
    <message>
        <source>there is no command &quot;%1&quot;; see moodloom --help</source>
        <translation>没有“%1”这个命令；请看 moodloom --help</translation>
    </message>
    <message>
        <source>Finds references for a prompt, paints a picture that stays true to them, writes PNG and PSD.</source>
        <translation>为提示词查找参考图，绘制忠于参考图的图像，写出 PNG 和 PSD。</translation>
    </message>
    <message>
        <source>English or Chinese</source>
        <translation>中文或英文</translation>
    </message>
    <message>
        <source>a picture that must not act; may be given again</source>
        <translation>不得起作用的图片；可多次给出</translation>
    </message>
    <message>
        <source>a LoRA of the model&apos;s family, with a scale from -4 to 4; may be given again</source>
        <translation>与模型同类的 LoRA，强度从 -4 到 4；可多次给出</translation>
    </message>
    <message>
        <source>scales go from -4 to 4</source>
        <translation>强度从 -4 到 4</translation>
    </message>
    <message>
        <source>what should not appear</source>
        <translation>不应出现的内容</translation>
    </message>
    <message>
        <source>the same seed and recipe give the same picture (a fresh one)</source>
        <translation>种子和配方相同，图像就相同（默认换新种子）</translation>
    </message>
    <message>
        <source>denoising steps, 1 to 200 (20)</source>
        <translation>去噪步数，1 到 200（20）</translation>
    </message>
    <message>
        <source>how strictly the prompt is followed, 1 to 30 (5)</source>
        <translation>贴近提示词的程度，1 到 30（5）</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>输出的图像</translation>
    </message>
    <message>
        <source>the same with its references as layers</source>
        <translation>同一图像，参考图作为图层</translation>
    </message>
    <message>
        <source>a board with references and take</source>
        <translation>含参考图和成图的画板</translation>
    </message>
    <message>
        <source>use only the pinned pictures</source>
        <translation>只使用固定的图片</translation>
    </message>
    <message>
        <source>weights go from 0 to 2</source>
        <translation>权重的范围是 0 到 2</translation>
    </message>
    <message>
        <source>write a prompt: moodloom generate &quot;PROMPT&quot; --out x.png</source>
        <translation>请写提示词：moodloom generate &quot;提示词&quot; --out x.png</translation>
    </message>
    <message>
        <source>say where the picture goes: --out x.png</source>
        <translation>请指定输出位置：--out x.png</translation>
    </message>
    <message>
        <source>its folder does not exist</source>
        <translation>它所在的文件夹不存在</translation>
    </message>
    <message>
        <source>is there already; name a new file</source>
        <translation>已经存在；请换一个新文件名</translation>
    </message>
    <message>
        <source>no library yet (moodloom library add FOLDER makes one): painting without retrieved references</source>
        <translation>还没有图库（用 moodloom library add 文件夹 建立）：将不使用检索到的参考图绘制</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>reference: %1</source>
        <translation>参考图：%1</translation>
    </message>
    <message>
        <source>painted in %1 s with seed %2: %3</source>
        <translation>用时 %1 秒绘制完成，种子 %2：%3</translation>
    </message>
    <message>
        <source>Understanding %1 of %2</source>
        <translation>正在理解 %1 / %2</translation>
    </message>
    <message>
        <source>Indexing %1 of %2</source>
        <translation>正在索引 %1 / %2</translation>
    </message>
    <message>
        <source>, %1 a second</source>
        <translation>，每秒 %1 张</translation>
    </message>
    <message>
        <source>, %1 s left</source>
        <translation>，还需 %1 秒</translation>
    </message>
    <message>
        <source>name files or folders: moodloom library add PATH...</source>
        <translation>请给出文件或文件夹：moodloom library add 路径...</translation>
    </message>
    <message>
        <source>skipped: %1</source>
        <translation>已跳过：%1</translation>
    </message>
    <message>
        <source>%1 pictures found: %2 added, %3 updated, %4 duplicates, %5 unchanged, %6 failed; %7 s</source>
        <translation>找到 %1 张图片：新增 %2，更新 %3，重复 %4，未变 %5，失败 %6；用时 %7 秒</translation>
    </message>
    <message>
        <source>%1
%2 pictures (%3 missing), %4 keywords, %5 failed imports</source>
        <translation>%1
%2 张图片（%3 张缺失），%4 个关键词，%5 个导入失败</translation>
    </message>
    <message>
        <source>Adds to, lists or describes the library.</source>
        <translation>向图库添加、列出或查看图库信息。</translation>
    </message>
    <message>
        <source>what to do</source>
        <translation>要做的事</translation>
    </message>
    <message>
        <source>files and folders to add, or words to list by</source>
        <translation>要添加的文件和文件夹，或用来筛选的词</translation>
    </message>
    <message>
        <source>most assets to list (1000)</source>
        <translation>最多列出多少张（1000）</translation>
    </message>
    <message>
        <source>say what to do: moodloom library add, list or info</source>
        <translation>请说明要做什么：moodloom library add、list 或 info</translation>
    </message>
    <message>
        <source>MISSING</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>cannot be used: %1</source>
        <translation>无法使用：%1</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>look without loading</source>
        <translation>只查看，不载入</translation>
    </message>
    <message>
        <source>the library&apos;s folder (the studio&apos;s own)</source>
        <translation>图库文件夹（默认为工作室的图库）</translation>
    </message>
    <message>
        <source>searching by words only: %1</source>
        <translation>只按文字查找：%1</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: expected %2</source>
        <translation>“%1”：应为%2</translation>
    </message>
    <message>
        <source>See: moodloom %1 --help</source>
        <translation>请看：moodloom %1 --help</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>%1 到 %2 的整数</translation>
    </message>
    <message>
        <source>a number from %1 to %2</source>
        <translation>%1 到 %2 的数</translation>
    </message>
    <message>
        <source>a whole number, 0 or larger</source>
        <translation>不小于 0 的整数</translation>
    </message>
    <message>
        <source>WIDTHxHEIGHT in pixels, as 128x128</source>
        <translation>以像素计的 宽x高，例如 128x128</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>被中断</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>找不到</translation>
    </message>
    <message>
        <source>cannot be read or written</source>
        <translation>无法读写</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>不支持</translation>
    </message>
    <message>
        <source>made by a newer Moodloom</source>
        <translation>由更新版本的 Moodloom 生成</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>内存放不下</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>disk full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>not valid</source>
        <translation>无效</translation>
    </message>
    <message>
        <source>internal error</source>
        <translation>内部错误</translation>
    </message>
    <message>
        <source>Draws a library of pictures with captions, as ordinary JPEG and PNG files.</source>
        <translation>绘制一套带说明的图片，保存为普通的 JPEG 和 PNG 文件。</translation>
    </message>
    <message>
        <source>the folder to write into</source>
        <translation>写入的文件夹</translation>
    </message>
    <message>
        <source>pictures (2000)</source>
        <translation>图片数量（2000）</translation>
    </message>
    <message>
        <source>what to draw (1)</source>
        <translation>绘制内容的种子（1）</translation>
    </message>
    <message>
        <source>pixels of a side (512)</source>
        <translation>边长像素（512）</translation>
    </message>
    <message>
        <source>name one folder: moodloom sample-library DIR</source>
        <translation>请给出一个文件夹：moodloom sample-library 文件夹</translation>
    </message>
    <message>
        <source>Drawing %1 of %2</source>
        <translation>正在绘制 %1 / %2</translation>
    </message>
    <message>
        <source>%1 pictures written, %2 were there already: %3</source>
        <translation>写入 %1 张图片，%2 张原已存在：%3</translation>
    </message>
    <message>
        <source>Finds references for a prompt in the library.</source>
        <translation>在图库中为提示词查找参考图。</translation>
    </message>
    <message>
        <source>references for each entity (12)</source>
        <translation>每个实体的参考图数量（12）</translation>
    </message>
    <message>
        <source>write what to look for: moodloom search &quot;PROMPT&quot;</source>
        <translation>请写要找的内容：moodloom search &quot;提示词&quot;</translation>
    </message>
    <message>
        <source>(whole prompt)</source>
        <translation>（整个提示词）</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到。</translation>
    </message>
    <message>
        <source>there is no display to open a window on. The same work can be done from here: see moodloom --help</source>
        <translation>没有可用来打开窗口的显示器。同样的工作可以在命令行完成：请看 moodloom --help</translation>
    </message>
    <message>
        <source>measure whether a model paints what its references show</source>
        <translation>测量模型是否画出了参考图所展示的内容</translation>
    </message>
    <message>
        <source>%1 (auto: the model&apos;s own)</source>
        <translation>%1（auto：模型自带的）</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 百万</translation>
    </message>
    <message>
        <source>%1 on disk</source>
        <translation>磁盘上 %1</translation>
    </message>
    <message>
        <source>at %1 px in steps of %2, %3 tokens of text, %4, takes references</source>
        <translation>尺寸 %1 像素，步进 %2，文本 %3 个词元，%4，可用参考图</translation>
    </message>
    <message>
        <source>at %1 px in steps of %2, %3 tokens of text, %4, takes no references</source>
        <translation>尺寸 %1 像素，步进 %2，文本 %3 个词元，%4，不用参考图</translation>
    </message>
    <message>
        <source>Says what a model folder or a file of weights is, what it lacks and whether it fits into memory.</source>
        <translation>说明模型文件夹或权重文件是什么、缺少什么、内存是否够用。</translation>
    </message>
    <message>
        <source>a model folder, a checkpoint, VAE, LoRA, ControlNet, IP-Adapter, ...</source>
        <translation>模型文件夹、检查点、VAE、LoRA、ControlNet、IP-Adapter 等</translation>
    </message>
    <message>
        <source>a model folder, or a checkpoint in one file (the built-in model)</source>
        <translation>模型文件夹，或单文件检查点（默认为内置模型）</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>this model has no IP-Adapter and takes no references: painting from the words alone</source>
        <translation>此模型没有 IP-Adapter，不能使用参考图：仅按文字绘制</translation>
    </message>
    <message>
        <source>say which picture is painted over: --init FILE</source>
        <translation>请指明在哪张图上绘制：--init FILE</translation>
    </message>
    <message>
        <source>give one for each --control, in their order</source>
        <translation>请按顺序为每个 --control 给出一个</translation>
    </message>
    <message>
        <source>give one for all, or one for each --control, in their order</source>
        <translation>请统一给出一个，或按顺序为每个 --control 给出一个</translation>
    </message>
    <message>
        <source>scales go from 0 to 2</source>
        <translation>强度范围为 0 到 2</translation>
    </message>
    <message>
        <source>a picture to paint over, instead of from noise</source>
        <translation>在这张图上绘制，而不是从噪声开始</translation>
    </message>
    <message>
        <source>how much of it may change, 0 to 1 (0.75; with a mask 1)</source>
        <translation>允许改变的程度，0 到 1（默认 0.75；有蒙版时为 1）</translation>
    </message>
    <message>
        <source>where it may change: white is painted, black stays as it is</source>
        <translation>可以改变的区域：白色重绘，黑色保持原样</translation>
    </message>
    <message>
        <source>a ControlNet; may be given again, each time with a --control-image</source>
        <translation>一个 ControlNet；可多次给出，每次配一个 --control-image</translation>
    </message>
    <message>
        <source>the picture that it follows: edges, depth, a pose, ... as it wants it</source>
        <translation>它所依据的图：边缘、深度、姿态等，按其要求准备</translation>
    </message>
    <message>
        <source>how strictly, 0 to 2 (1); for all, or one for each</source>
        <translation>严格程度，0 到 2（默认 1）；可统一给出，也可逐个给出</translation>
    </message>
    <message>
        <source>how references are seen, in place of the model&apos;s own IP-Adapter; may be given again</source>
        <translation>参考图的读取方式，代替模型自带的 IP-Adapter；可多次给出</translation>
    </message>
    <message>
        <source>the CLIP image encoder that the IP-Adapter needs (the model&apos;s own)</source>
        <translation>IP-Adapter 所需的 CLIP 图像编码器（默认用模型自带的）</translation>
    </message>
    <message>
        <source>pixels (the model&apos;s own size, in the shape of --init)</source>
        <translation>像素（默认为模型自身的尺寸，比例随 --init）</translation>
    </message>
    <message>
        <source>words: %1</source>
        <translation>触发词：%1</translation>
    </message>
    <message>
        <source>there is no such folder</source>
        <translation>没有这个文件夹</translation>
    </message>
    <message>
        <source>Lists the models in folders, or in those of ComfyUI, A1111, Forge and Hugging Face&apos;s cache where none is named. Nothing is copied.</source>
        <translation>列出文件夹中的模型；不指定时列出 ComfyUI、A1111、Forge 和 Hugging Face 缓存中的模型。不会复制任何文件。</translation>
    </message>
    <message>
        <source>all models below folders</source>
        <translation>文件夹下的所有模型</translation>
    </message>
    <message>
        <source>only those with all of these words in title, kind, family or trigger words</source>
        <translation>只列出标题、种类、系列或触发词中包含所有这些词的模型</translation>
    </message>
    <message>
        <source>say what does not go with this model</source>
        <translation>说明哪些不能与此模型搭配</translation>
    </message>
    <message>
        <source>looking at %1 of %2: %3</source>
        <translation>正在查看第 %1 个，共 %2 个：%3</translation>
    </message>
    <message>
        <source>no folder of models was found; name one: moodloom models list DIR</source>
        <translation>没有找到存放模型的文件夹，请指定一个：moodloom models list 文件夹</translation>
    </message>
    <message>
        <source>no models there</source>
        <translation>那里没有模型</translation>
    </message>
    <message>
        <source>%1 items, %2 takes and %3 pictures are whole; %4 pictures are linked</source>
        <translation>%1 个项目、%2 张成图和 %3 张图片完好；%4 张图片为链接</translation>
    </message>
    <message>
        <source>pages of the file are damaged</source>
        <translation>文件中有损坏的页</translation>
    </message>
    <message>
        <source>%1 records cannot be read</source>
        <translation>%1 条记录无法读取</translation>
    </message>
    <message>
        <source>%1 takes belong to no frame</source>
        <translation>%1 张成图不属于任何画框</translation>
    </message>
    <message>
        <source>damaged picture: %1</source>
        <translation>损坏的图片：%1</translation>
    </message>
    <message>
        <source>linked file gone or changed: %1</source>
        <translation>链接的文件已消失或已更改：%1</translation>
    </message>
    <message>
        <source>Looks a board file over, or saves what can be read of a damaged one.</source>
        <translation>检查画板文件，或抢救损坏文件中可读取的内容。</translation>
    </message>
    <message>
        <source>say what is whole and what is not</source>
        <translation>说明哪些完好、哪些损坏</translation>
    </message>
    <message>
        <source>write what can be read of FILE to a new file GOAL</source>
        <translation>将 FILE 中可读取的内容写入新文件 GOAL</translation>
    </message>
    <message>
        <source>a board; it is only read</source>
        <translation>画板文件；只读取，不改动</translation>
    </message>
    <message>
        <source>the new file</source>
        <translation>新文件</translation>
    </message>
    <message>
        <source>say what to do: moodloom board check FILE, or repair FILE GOAL</source>
        <translation>请说明要做什么：moodloom board check FILE，或 repair FILE GOAL</translation>
    </message>
    <message>
        <source>check a board file, or save what can be read of a damaged one</source>
        <translation>检查画板文件，或抢救损坏文件中可读取的内容</translation>
    </message>
    <message>
        <source>roles are content, style and layout</source>
        <translation>角色有 content（内容）、style（风格）和 layout（布局）</translation>
    </message>
    <message>
        <source>parts of the run go from 0 to 1, the smaller one first</source>
        <translation>步骤范围从 0 到 1，小的在前</translation>
    </message>
    <message>
        <source>a picture that must act, with a weight from 0 to 2, a role (content, style or layout: all of it, its look, its arrangement), and the part of the run in which it acts (0-0.5: the first half); may be given again</source>
        <translation>必须起作用的图片，权重 0 到 2，角色（content、style 或 layout：全部、样子、布局），以及起作用的步骤范围（0-0.5：前一半）；可多次给出</translation>
    </message>
    <message>
        <source>teach a model your own captioned pictures</source>
        <translation>用您自己的带说明的图像训练模型</translation>
    </message>
    <message>
        <source>Teaches a model your own pictures: writes a LoRA, and beside it an IP-Adapter where the model has
one. Captions come from NAME.txt beside a picture, else from inside of it, else from its name.</source>
        <translation>用您自己的图像训练模型：写出一个 LoRA；如果模型有 IP-Adapter，也在旁边写出一个。
说明取自图像旁的 NAME.txt，其次取自图像内部，再其次取自文件名。</translation>
    </message>
    <message>
        <source>the captioned pictures</source>
        <translation>带说明的图像</translation>
    </message>
    <message>
        <source>the LoRA to write (.safetensors)</source>
        <translation>要写出的 LoRA（.safetensors）</translation>
    </message>
    <message>
        <source>the model to teach: folder or single file (the built-in one)</source>
        <translation>要训练的模型：文件夹或单个文件（默认为内置模型）</translation>
    </message>
    <message>
        <source>how long to teach in this call (15, without --steps)</source>
        <translation>本次训练的分钟数（没有 --steps 时为 15）</translation>
    </message>
    <message>
        <source>steps of the whole run</source>
        <translation>整个训练的步数</translation>
    </message>
    <message>
        <source>rank of the changes: how much can be learnt, and the files&apos; size (8)</source>
        <translation>改动的秩：决定能学多少和文件大小（8）</translation>
    </message>
    <message>
        <source>learning rate (0.001; 0.0001 for large models)</source>
        <translation>学习率（0.001；大模型为 0.0001）</translation>
    </message>
    <message>
        <source>pictures in a step (8; 1 for large models)</source>
        <translation>每步的图像数（8；大模型为 1）</translation>
    </message>
    <message>
        <source>pixels of a side while teaching (the model&apos;s own)</source>
        <translation>训练时的边长像素（默认为模型自己的尺寸）</translation>
    </message>
    <message>
        <source>of everything random (1)</source>
        <translation>所有随机数的种子（1）</translation>
    </message>
    <message>
        <source>cpu or cuda (cuda where it can be used)</source>
        <translation>cpu 或 cuda（能用时为 cuda）</translation>
    </message>
    <message>
        <source>paint samples into this folder as it goes</source>
        <translation>训练过程中把样图绘制到此文件夹</translation>
    </message>
    <message>
        <source>between two saves (60)</source>
        <translation>两次保存之间的秒数（60）</translation>
    </message>
    <message>
        <source>also change the filters outside the attentions</source>
        <translation>也改动注意力之外的卷积</translation>
    </message>
    <message>
        <source>leave the IP-Adapter as it is</source>
        <translation>不改动 IP-Adapter</translation>
    </message>
    <message>
        <source>go on with the run that --out names</source>
        <translation>继续 --out 所指的训练</translation>
    </message>
    <message>
        <source>say where the LoRA goes: --out FILE</source>
        <translation>请指出 LoRA 写到哪里：--out 文件</translation>
    </message>
    <message>
        <source>choose cpu or cuda</source>
        <translation>请选择 cpu 或 cuda</translation>
    </message>
    <message>
        <source>choose a folder outside of the pictures that are taught</source>
        <translation>请选择训练图像之外的文件夹</translation>
    </message>
    <message>
        <source>name one folder: moodloom train FOLDER --out FILE</source>
        <translation>请给出一个文件夹：moodloom train 文件夹 --out 文件</translation>
    </message>
    <message>
        <source>left out: %1</source>
        <translation>已跳过：%1</translation>
    </message>
    <message>
        <source>%1 pictures, %2 of them with captions</source>
        <translation>%1 张图像，其中 %2 张有说明</translation>
    </message>
    <message>
        <source>Step %1, loss %2 (of the same noise %3), %4 pictures a second</source>
        <translation>第 %1 步，损失 %2（固定噪声 %3），每秒 %4 张</translation>
    </message>
    <message>
        <source>stopped and saved at step %1; --resume goes on. Loss of the same noise %2 -&gt; %3: %4</source>
        <translation>已在第 %1 步停止并保存；--resume 可继续。固定噪声的损失 %2 -&gt; %3：%4</translation>
    </message>
    <message>
        <source>taught in %1 steps. Loss of the same noise %2 -&gt; %3: %4</source>
        <translation>已训练 %1 步。固定噪声的损失 %2 -&gt; %3：%4</translation>
    </message>
    <message>
        <source>reference: a part of %1</source>
        <translation>参考图：%1 的一部分</translation>
    </message>
    <message>
        <source>a model or CLIP folder that searches the library, as it was added with (the model&apos;s own)</source>
        <translation>用来搜索图库的模型或 CLIP 文件夹，须与添加时相同（默认用模型自带的）</translation>
    </message>
    <message>
        <source>the model, or a CLIP folder with config.json and model.safetensors, that searches (the built-in model)</source>
        <translation>用来搜索的模型，或含 config.json 和 model.safetensors 的 CLIP 文件夹（默认为内置模型）</translation>
    </message>
    <message>
        <source>list or fetch models, say what one is and whether it is complete</source>
        <translation>列出或获取模型，说明某个模型是什么、是否完整</translation>
    </message>
    <message>
        <source>name a folder or file: moodloom models inspect PATH; or moodloom models list [DIR...], moodloom models get MODEL</source>
        <translation>请给出文件夹或文件：moodloom models inspect 路径；或 moodloom models list [文件夹...]、moodloom models get 模型</translation>
    </message>
    <message>
        <source>size not known</source>
        <translation>大小未知</translation>
    </message>
    <message>
        <source>%1 in all, into %2 (%3 free)</source>
        <translation>共 %1，存入 %2（可用 %3）</translation>
    </message>
    <message>
        <source>checking what is there of %1</source>
        <translation>正在检查已有的 %1</translation>
    </message>
    <message>
        <source>%1 of %2 (%3 %), %4</source>
        <translation>%1 / %2（%3 %），%4</translation>
    </message>
    <message>
        <source>Fetch this? [y/N]</source>
        <translation>要获取吗？[y/N]</translation>
    </message>
    <message>
        <source>Fetches a model from Hugging Face by its id, or one file by its address. What was fetched before is taken up where it ended; sums are checked.
HF_TOKEN is the token for what needs one, HF_ENDPOINT another hub.</source>
        <translation>按 ID 从 Hugging Face 获取模型，或按地址获取单个文件。之前已获取的部分会接着继续；会核对校验和。
HF_TOKEN 是需要时使用的令牌，HF_ENDPOINT 指定另一个站点。</translation>
    </message>
    <message>
        <source>fetch a model</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>ORGANISATION/NAME[/PATH][@REVISION], or https://.../FILE</source>
        <translation>组织/名称[/路径][@版本]，或 https://.../文件</translation>
    </message>
    <message>
        <source>folder to put it in (default: models in the user&apos;s data)</source>
        <translation>存放的文件夹（默认为用户数据中的 models）</translation>
    </message>
    <message>
        <source>the sum that one file must have</source>
        <translation>单个文件应有的校验和</translation>
    </message>
    <message>
        <source>fetch without asking</source>
        <translation>不询问直接获取</translation>
    </message>
    <message>
        <source>name one model: moodloom models get ORGANISATION/NAME</source>
        <translation>请给出一个模型：moodloom models get 组织/名称</translation>
    </message>
    <message>
        <source>nothing was fetched</source>
        <translation>没有获取任何内容</translation>
    </message>
    <message>
        <source>nothing was fetched; give --yes to fetch it</source>
        <translation>没有获取任何内容；加上 --yes 即可获取</translation>
    </message>
    <message>
        <source>what was fetched is kept: the same command goes on with it</source>
        <translation>已获取的部分已保留：再次运行同一命令会接着继续</translation>
    </message>
    <message>
        <source>folders to look in, or ComfyUI&apos;s extra_model_paths.yaml</source>
        <translation>要查看的文件夹，或 ComfyUI 的 extra_model_paths.yaml</translation>
    </message>
    <message>
        <source>memory: %1</source>
        <translation>内存：%1</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: give bytes, or a size as 6G or 800M</source>
        <translation>“%1”：请给出字节数，或 6G、800M 这样的大小</translation>
    </message>
    <message>
        <source>the newest preview while it paints, written anew</source>
        <translation>绘制时的最新预览，每次重新写入</translation>
    </message>
    <message>
        <source>a tiny autoencoder (TAESD) that the previews are decoded with; it has no influence on the picture</source>
        <translation>用来解码预览的微型自编码器（TAESD）；对画面没有影响</translation>
    </message>
    <message>
        <source>the most memory that is taken, as 6G (MOODLOOM_MEMORY_LIMIT, else what can be had)</source>
        <translation>最多占用的内存，如 6G（MOODLOOM_MEMORY_LIMIT，否则为可用的内存）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 in fp32, %2 in 16 bits</source>
        <translation>fp32 为 %1，16 位为 %2</translation>
    </message>
    <message>
        <source>Loading the model: %1 %</source>
        <translation>正在载入模型：%1%</translation>
    </message>
    <message>
        <source>say how a picture was made, by Moodloom or another program</source>
        <translation>说明一张图片是怎样制作的（由 Moodloom 或其他程序）</translation>
    </message>
    <message>
        <source>prompt: %1</source>
        <translation>提示词：%1</translation>
    </message>
    <message>
        <source>English or Chinese; {a|b} is one of them, __name__ a line of name.txt</source>
        <translation>中文或英文；{甲|乙} 取其一，__名称__ 取 名称.txt 中的一行</translation>
    </message>
    <message>
        <source>a picture that tells how it was made (see inspect): its prompt, settings and references, where nothing else is said</source>
        <translation>一张写明制作方式的图片（见 inspect）：没有另外指定时，采用它的提示词、设置和参考图</translation>
    </message>
    <message>
        <source>where __name__ in a prompt finds name.txt, one choice a line (MOODLOOM_WILDCARDS, else wildcards in the data folder)</source>
        <translation>提示词中的 __名称__ 在此处找 名称.txt，每行一个选项（MOODLOOM_WILDCARDS，否则为数据文件夹中的 wildcards）</translation>
    </message>
    <message>
        <source>program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>not wanted</source>
        <translation>不希望出现</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>note</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Says how pictures were made, as Moodloom, A1111, Forge, ComfyUI, InvokeAI and SwarmUI write it into them, and what of it Moodloom can repeat.</source>
        <translation>说明图片是怎样制作的（Moodloom、A1111、Forge、ComfyUI、InvokeAI 和 SwarmUI 写在图片里的内容），以及 Moodloom 能重现其中的哪些。</translation>
    </message>
    <message>
        <source>PNG, JPEG, WebP, AVIF or TIFF</source>
        <translation>PNG、JPEG、WebP、AVIF 或 TIFF</translation>
    </message>
    <message>
        <source>name a picture: moodloom inspect FILE</source>
        <translation>请给出图片：moodloom inspect 文件</translation>
    </message>
    <message>
        <source>note: %1</source>
        <translation>便签：%1</translation>
    </message>
    <message>
        <source>say where, and what: 0.5,0.2,0.4,0.6=a red kite</source>
        <translation>请说明位置和内容：0.5,0.2,0.4,0.6=一只红风筝</translation>
    </message>
    <message>
        <source>left, top, width and height are shares of the picture, within 0 to 1</source>
        <translation>左、上、宽、高都是画面的比例，在 0 到 1 之内</translation>
    </message>
    <message>
        <source>it says nothing</source>
        <translation>它没有内容</translation>
    </message>
    <message>
        <source>words that act in a part of the picture (shares of it, 0 to 1), with a weight from 0 to 2, and the part of the run in which they act; may be given again: later ones lie over earlier ones</source>
        <translation>在画面一部分起作用的文字（位置为画面的比例，0 到 1），可带 0 到 2 的权重和起作用的步骤范围；可多次给出，后面的盖在前面的之上</translation>
    </message>
    <message>
        <source>found</source>
        <translation>已画出</translation>
    </message>
    <message>
        <source>weak</source>
        <translation>不明显</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>what the picture shows could not be checked: %1</source>
        <translation>无法检查画出了什么：%1</translation>
    </message>
    <message>
        <source>shows: %1: %2</source>
        <translation>画出：%1：%2</translation>
    </message>
    <message>
        <source>%1 It is painted from the words alone.</source>
        <translation>%1将只按文字绘制。</translation>
    </message>
    <message>
        <source>Nothing in the library shows “%1”.</source>
        <translation>图库中没有图片展示“%1”。</translation>
    </message>
    <message>
        <source>%1 The nearest pictures:</source>
        <translation>%1最接近的图片：</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>What would you like to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>No action has that name.</source>
        <translation>没有这个名称的操作。</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>Compare two pictures</source>
        <translation>比较两张图片</translation>
    </message>
    <message>
        <source>Reading the pictures…</source>
        <translation>正在读取图片…</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>擦除对比</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Exchange the two</source>
        <translation>交换两张图片</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>%1 was not found. Check its name and where it is.</source>
        <translation>未找到 %1。请检查它的名称和位置。</translation>
    </message>
    <message>
        <source>%1 was not found%2.</source>
        <translation>未找到 %1%2。</translation>
    </message>
    <message>
        <source>%1 cannot be read or written. Check its permissions and its disk.</source>
        <translation>无法读写 %1。请检查它的权限和所在的磁盘。</translation>
    </message>
    <message>
        <source>%1 cannot be read or written%2.</source>
        <translation>无法读写 %1%2。</translation>
    </message>
    <message>
        <source>%1 is damaged. Replace it with an intact copy.</source>
        <translation>%1 已损坏。请换成完好的副本。</translation>
    </message>
    <message>
        <source>%1 is damaged%2.</source>
        <translation>%1 已损坏%2。</translation>
    </message>
    <message>
        <source>%1 is of a kind that Moodloom does not handle%2.</source>
        <translation>Moodloom 不支持 %1 这种类型%2。</translation>
    </message>
    <message>
        <source>%1 was made by a newer Moodloom%2. Update Moodloom to change it.</source>
        <translation>%1 由更新版本的 Moodloom 创建%2。请更新 Moodloom 后再修改。</translation>
    </message>
    <message>
        <source>%1 does not fit the rest%2.</source>
        <translation>%1 与其余部分不匹配%2。</translation>
    </message>
    <message>
        <source>%1 is read-only%2. Save a copy to change it.</source>
        <translation>%1 是只读的%2。请另存副本后再修改。</translation>
    </message>
    <message>
        <source>The disk is full: %1 was not written, and nothing was lost%2. Free some space and try again.</source>
        <translation>磁盘已满：%1 未写入，原有内容没有丢失%2。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>Not enough memory (%1). Close other programs or choose a smaller size.</source>
        <translation>内存不足（%1）。请关闭其他程序或选择更小的尺寸。</translation>
    </message>
    <message>
        <source>%1 is not valid%2.</source>
        <translation>%1 无效%2。</translation>
    </message>
    <message>
        <source>Something went wrong in %1%2.</source>
        <translation>%1 出了问题%2。</translation>
    </message>
    <message>
        <source> (%1)</source>
        <translation>（%1）</translation>
    </message>
</context>
<context>
    <name>ErrorBanner</name>
    <message>
        <source>Copy this message</source>
        <translation>复制这条消息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ErrorDetail</name>
    <message>
        <source>free some space or choose another folder; nothing was overwritten</source>
        <translation>请腾出空间或选择其他文件夹；没有覆盖任何内容</translation>
    </message>
    <message>
        <source>no permission; choose another folder or change its permissions</source>
        <translation>没有权限；请选择其他文件夹或更改其权限</translation>
    </message>
    <message>
        <source>the file or its folder does not exist</source>
        <translation>文件或其文件夹不存在</translation>
    </message>
    <message>
        <source>no permission to read it</source>
        <translation>没有读取权限</translation>
    </message>
    <message>
        <source>no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>no such folder</source>
        <translation>没有这个文件夹</translation>
    </message>
    <message>
        <source>not a file but a folder or a device</source>
        <translation>不是文件，而是文件夹或设备</translation>
    </message>
    <message>
        <source>a link that leads to itself</source>
        <translation>指向自身的链接</translation>
    </message>
    <message>
        <source>the file&apos;s name is not valid UTF-8; rename it</source>
        <translation>文件名不是有效的 UTF-8；请重命名</translation>
    </message>
    <message>
        <source>larger than %1 bytes</source>
        <translation>超过 %1 字节</translation>
    </message>
    <message>
        <source>writing failed</source>
        <translation>写入失败</translation>
    </message>
    <message>
        <source>the file is empty (0 bytes)</source>
        <translation>文件为空，0 字节</translation>
    </message>
    <message>
        <source>ends after %1 of %2 rows</source>
        <translation>文件在第 %1 行中断，共 %2 行</translation>
    </message>
    <message>
        <source>ends after %1 bytes</source>
        <translation>文件在 %1 字节后中断</translation>
    </message>
    <message>
        <source>damaged after %1 of %2 rows (%3)</source>
        <translation>第 %1 行之后有误，共 %2 行（%3）</translation>
    </message>
    <message>
        <source>damaged after %1 of %2 rows</source>
        <translation>第 %1 行之后有误，共 %2 行</translation>
    </message>
    <message>
        <source>there is no picture in it</source>
        <translation>其中没有图像</translation>
    </message>
    <message>
        <source>not enough memory for the picture</source>
        <translation>内存不足以容纳这张图片</translation>
    </message>
    <message>
        <source>needs %1 MB of memory, %2 MB are free</source>
        <translation>需要 %1 MB 内存，可用 %2 MB</translation>
    </message>
    <message>
        <source>%1 megapixels; at most %2 are read. Make a smaller copy of the picture</source>
        <translation>%1 百万像素；最多读取 %2。请制作一个较小的副本</translation>
    </message>
    <message>
        <source>%1 MB; files up to %2 MB are read</source>
        <translation>%1 MB；最大可读取 %2 MB 的文件</translation>
    </message>
    <message>
        <source>the picture is empty</source>
        <translation>图像为空</translation>
    </message>
    <message>
        <source>the picture is no longer there</source>
        <translation>图片已不在原处</translation>
    </message>
    <message>
        <source>it has changed since</source>
        <translation>此后已被修改</translation>
    </message>
    <message>
        <source>it cannot be read to its end</source>
        <translation>无法读到结尾</translation>
    </message>
    <message>
        <source>the file has changed since it was chosen; drop it or add it again</source>
        <translation>选定之后文件已被修改；请舍弃或重新添加</translation>
    </message>
    <message>
        <source>the folder cannot be made; choose another one or change its permissions</source>
        <translation>无法建立文件夹；请选择其他位置或更改权限</translation>
    </message>
    <message>
        <source>the library may not be changed; check the folder&apos;s permissions</source>
        <translation>图库不可更改；请检查文件夹权限</translation>
    </message>
    <message>
        <source>the library was made by a newer Moodloom and may only be looked at</source>
        <translation>图库由更新版本的 Moodloom 建立，只能查看</translation>
    </message>
    <message>
        <source>a database, but not a Moodloom library; choose another folder</source>
        <translation>是数据库，但不是 Moodloom 图库；请选择其他文件夹</translation>
    </message>
    <message>
        <source>made by an older Moodloom, or empty; open it once with write access</source>
        <translation>由旧版 Moodloom 建立或为空；请以可写方式打开一次</translation>
    </message>
    <message>
        <source>the picture is no longer in the library</source>
        <translation>图片已不在图库中</translation>
    </message>
    <message>
        <source>no such picture in the library</source>
        <translation>图库中没有这张图片</translation>
    </message>
    <message>
        <source>free some space for the thumbnails</source>
        <translation>请为缩略图腾出空间</translation>
    </message>
    <message>
        <source>it is open in another window: close it there to change it here</source>
        <translation>它已在另一个窗口打开：请先在那里关闭，再在这里修改</translation>
    </message>
    <message>
        <source>it is open in another window</source>
        <translation>它已在另一个窗口打开</translation>
    </message>
    <message>
        <source>its file could not be made: choose where to save it</source>
        <translation>无法建立文件：请选择保存位置</translation>
    </message>
    <message>
        <source>its folder cannot be made</source>
        <translation>无法建立它的文件夹</translation>
    </message>
    <message>
        <source>it is a database, but not a Moodloom board</source>
        <translation>是数据库，但不是 Moodloom 画板</translation>
    </message>
    <message>
        <source>the file is write-protected: save a copy to change it</source>
        <translation>文件有写保护：请另存副本后修改</translation>
    </message>
    <message>
        <source>the board is open read-only</source>
        <translation>画板以只读方式打开</translation>
    </message>
    <message>
        <source>the copy could not be flushed to the disk</source>
        <translation>副本无法写入磁盘</translation>
    </message>
    <message>
        <source>this model has no IP-Adapter and takes no references; add one in its folder ip_adapter, or paint without references</source>
        <translation>此模型没有 IP-Adapter，不能使用参考图；请在其 ip_adapter 文件夹中加入一个，或不用参考图绘制</translation>
    </message>
    <message>
        <source>close other programs and try again</source>
        <translation>请关闭其他程序后重试</translation>
    </message>
    <message>
        <source>export a smaller picture</source>
        <translation>请导出较小的图像</translation>
    </message>
    <message>
        <source>export fewer layers or a smaller picture</source>
        <translation>请减少图层或导出较小的图像</translation>
    </message>
    <message>
        <source>has no %1; choose a folder with a CLIP for searching</source>
        <translation>缺少 %1；请选择含 CLIP 的文件夹用于查找</translation>
    </message>
    <message>
        <source>choose one of %1</source>
        <translation>请选择以下之一：%1</translation>
    </message>
    <message>
        <source>its header is not valid JSON; get the file again</source>
        <translation>文件头不是有效的 JSON；请重新获取文件</translation>
    </message>
    <message>
        <source>a single-file checkpoint has no tokenizer of its own: put CLIP&apos;s vocab.json and merges.txt there, from the folder &quot;tokenizer&quot; of any Stable Diffusion model</source>
        <translation>单文件检查点不含分词器：请把 CLIP 的 vocab.json 和 merges.txt 放到那里，它们在任何 Stable Diffusion 模型的 tokenizer 文件夹中</translation>
    </message>
    <message>
        <source>this file has no %1; use a checkpoint with U-Net, VAE and text encoder in one file</source>
        <translation>此文件缺少 %1；请使用含 U-Net、VAE 和文本编码器的单文件检查点</translation>
    </message>
    <message>
        <source>is no Stable Diffusion checkpoint: it has no tensors named model.diffusion_model.input_blocks</source>
        <translation>不是 Stable Diffusion 检查点：其中没有名为 model.diffusion_model.input_blocks 的张量</translation>
    </message>
    <message>
        <source>is a LoRA for %1 models; %2 is of the kind %3 (its text is %4 wide)</source>
        <translation>是用于 %1 模型的 LoRA；%2 属于 %3（文本宽度为 %4）</translation>
    </message>
    <message>
        <source>is no LoRA: it has no lora_up and lora_down</source>
        <translation>不是 LoRA：其中没有 lora_up 和 lora_down</translation>
    </message>
    <message>
        <source>has keys that fit nothing in the model: %1</source>
        <translation>含有与模型不对应的键：%1</translation>
    </message>
    <message>
        <source>%1 is %2, the model&apos;s is %3; this ControlNet was made for another kind of model</source>
        <translation>%1 为 %2，而模型的为 %3；此 ControlNet 是为另一类模型制作的</translation>
    </message>
    <message>
        <source>is no ControlNet: it has no tensors named controlnet_cond_embedding or input_hint_block</source>
        <translation>不是 ControlNet：其中没有名为 controlnet_cond_embedding 或 input_hint_block 的张量</translation>
    </message>
    <message>
        <source>is no image encoder: it has no tensor named vision_model.embeddings.patch_embedding.weight</source>
        <translation>不是图像编码器：其中没有名为 vision_model.embeddings.patch_embedding.weight 的张量</translation>
    </message>
    <message>
        <source>needs an image encoder, which this model does not have; name one (--image-encoder)</source>
        <translation>需要图像编码器，而此模型没有；请指定一个（--image-encoder）</translation>
    </message>
    <message>
        <source>the mask has no white: nothing would be painted; make white what should change</source>
        <translation>蒙版中没有白色：不会绘制任何内容；请把要改变的部分涂成白色</translation>
    </message>
    <message>
        <source>too small for this many steps: nothing would be painted; raise one of them</source>
        <translation>对于这样的步数太小：不会绘制任何内容；请增大其中之一</translation>
    </message>
    <message>
        <source>there are no pictures in it</source>
        <translation>里面没有图像</translation>
    </message>
    <message>
        <source>is there already: go on with it (--resume) or choose another name (--out)</source>
        <translation>已经存在：请继续它（--resume）或另选名称（--out）</translation>
    </message>
    <message>
        <source>there is no run to go on with; begin one without --resume</source>
        <translation>没有可以继续的训练；请不带 --resume 重新开始</translation>
    </message>
    <message>
        <source>was begun with %1 %2, not %3; give the same, or choose another name (--out)</source>
        <translation>开始时用的是 %1 %2，而不是 %3；请给出相同的值，或另选名称（--out）</translation>
    </message>
    <message>
        <source>libtorch finds no graphics card that it can use; take the CPU</source>
        <translation>libtorch 找不到可用的显卡；请使用 CPU</translation>
    </message>
    <message>
        <source>has two text encoders (SDXL); SD 1.x, 2.x and the built-in model can be taught</source>
        <translation>有两个文本编码器（SDXL）；可以训练的是 SD 1.x、2.x 和内置模型</translation>
    </message>
    <message>
        <source>is made for inpainting; teach the model that it was made from</source>
        <translation>是用于局部重绘的模型；请训练它所源自的模型</translation>
    </message>
    <message>
        <source>is distilled for few steps; teach the model that it was made from</source>
        <translation>是为少步数蒸馏的模型；请训练它所源自的模型</translation>
    </message>
    <message>
        <source>is a flow model, which cannot be taught yet</source>
        <translation>是流模型，目前还不能训练</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>expected ORGANISATION/NAME as on Hugging Face, or the address of a file (https://...)</source>
        <translation>应为 Hugging Face 上的 组织/名称，或文件的地址（https://...）</translation>
    </message>
    <message>
        <source>the revision or the path has a form that the hub does not use</source>
        <translation>版本或路径的写法不符合该站点的规则</translation>
    </message>
    <message>
        <source>is no complete address; copy it once more</source>
        <translation>不是完整的地址；请重新复制</translation>
    </message>
    <message>
        <source>leave the name and the password out of the address</source>
        <translation>请去掉地址中的用户名和密码</translation>
    </message>
    <message>
        <source>names no file; copy the address of the file itself</source>
        <translation>没有指向文件；请复制文件本身的地址</translation>
    </message>
    <message>
        <source>expected 64 hexadecimal digits</source>
        <translation>应为 64 位十六进制数字</translation>
    </message>
    <message>
        <source>the server&apos;s answer is no list of files; check HF_ENDPOINT</source>
        <translation>服务器的回答不是文件列表；请检查 HF_ENDPOINT</translation>
    </message>
    <message>
        <source>its list names a file outside of its folder, &quot;%1&quot;; nothing was fetched</source>
        <translation>其列表中有文件夹之外的文件“%1”；没有获取任何内容</translation>
    </message>
    <message>
        <source>its list states an impossible size</source>
        <translation>其列表中有不可能的大小</translation>
    </message>
    <message>
        <source>the model has no file or folder of this name</source>
        <translation>模型中没有这个名称的文件或文件夹</translation>
    </message>
    <message>
        <source>it has no files that Moodloom reads (safetensors, or PyTorch&apos;s)</source>
        <translation>其中没有 Moodloom 能读取的文件（safetensors 或 PyTorch 文件）</translation>
    </message>
    <message>
        <source>this is a web page and not a file; copy the address of the file itself</source>
        <translation>这是网页而不是文件；请复制文件本身的地址</translation>
    </message>
    <message>
        <source>is no file of weights by its name (.safetensors, .ckpt, .pt, .pth, .bin)</source>
        <translation>从名称看不是权重文件（.safetensors、.ckpt、.pt、.pth、.bin）</translation>
    </message>
    <message>
        <source>the server sends nothing</source>
        <translation>服务器没有发送任何内容</translation>
    </message>
    <message>
        <source>there is another file of this name already; move it away, or choose another folder</source>
        <translation>已有同名的另一个文件；请将其移走，或选择其他文件夹</translation>
    </message>
    <message>
        <source>%1 are needed and %2 are free: free some space, or choose another folder</source>
        <translation>需要 %1，可用 %2：请释放一些空间，或选择其他文件夹</translation>
    </message>
    <message>
        <source>the server sends %1 bytes and %2 were stated; look it up again</source>
        <translation>服务器发送 %1 字节，而声明的是 %2；请重新查询</translation>
    </message>
    <message>
        <source>the server sends more than the %1 bytes that were stated; look it up again</source>
        <translation>服务器发送的内容超过声明的 %1 字节；请重新查询</translation>
    </message>
    <message>
        <source>the file cannot be put there; change the folder&apos;s permissions, or choose another one</source>
        <translation>文件无法放到那里；请更改文件夹的权限，或选择其他文件夹</translation>
    </message>
    <message>
        <source>what was fetched is kept: free some space and continue, or choose another folder</source>
        <translation>已获取的部分已保留：请释放一些空间后继续，或选择其他文件夹</translation>
    </message>
    <message>
        <source>it ended after %1 of %2 bytes; what was fetched is kept</source>
        <translation>在 %2 字节中的第 %1 字节处结束；已获取的部分已保留</translation>
    </message>
    <message>
        <source>its SHA-256 is %1 and should be %2; it was not kept</source>
        <translation>其 SHA-256 是 %1，应为 %2；没有保留</translation>
    </message>
    <message>
        <source>it is not the file that was listed; it was not kept</source>
        <translation>它不是列表中的那个文件；没有保留</translation>
    </message>
    <message>
        <source>the server leads in a circle</source>
        <translation>服务器的跳转没有尽头</translation>
    </message>
    <message>
        <source>the server leads to an address that is not safe, %1</source>
        <translation>服务器跳转到不安全的地址 %1</translation>
    </message>
    <message>
        <source>the connection was lost; try again: it goes on where it stopped</source>
        <translation>连接已中断；请重试：会从停下的地方继续</translation>
    </message>
    <message>
        <source>the server cannot be reached; check the connection</source>
        <translation>无法连接服务器；请检查网络连接</translation>
    </message>
    <message>
        <source>its certificate is not valid; nothing was sent</source>
        <translation>其证书无效；没有发送任何内容</translation>
    </message>
    <message>
        <source>the server asks for a login, and Moodloom has none for it; fetch the file with a browser</source>
        <translation>服务器要求登录，而 Moodloom 没有它的账号；请用浏览器下载该文件</translation>
    </message>
    <message>
        <source>it does not exist, or only those may read it who have a token: check the name, or set a token</source>
        <translation>它不存在，或只有持有令牌的人可以读取：请检查名称，或设置令牌</translation>
    </message>
    <message>
        <source>the server does not accept the token: set another one, or check the name</source>
        <translation>服务器不接受该令牌：请设置另一个，或检查名称</translation>
    </message>
    <message>
        <source>it may not be read yet: open %1 in a browser, accept the licence there, and try again with your token</source>
        <translation>暂时无权读取：请在浏览器中打开 %1，在那里接受许可协议，然后用您的令牌重试</translation>
    </message>
    <message>
        <source>the server refuses it; open the address in a browser to see why</source>
        <translation>服务器拒绝了请求；请在浏览器中打开该地址查看原因</translation>
    </message>
    <message>
        <source>the server has no such model, revision or file; check the name</source>
        <translation>服务器上没有这个模型、版本或文件；请检查名称</translation>
    </message>
    <message>
        <source>too many requests: wait %1 s and try again</source>
        <translation>请求过多：请等待 %1 秒后重试</translation>
    </message>
    <message>
        <source>too many requests: wait some minutes and try again</source>
        <translation>请求过多：请等待几分钟后重试</translation>
    </message>
    <message>
        <source>the server has a fault (%1): try again later; what was fetched is kept</source>
        <translation>服务器出现故障（%1）：请稍后重试；已获取的部分已保留</translation>
    </message>
    <message>
        <source>the server answered with %1</source>
        <translation>服务器的回答是 %1</translation>
    </message>
    <message>
        <source>this desktop has no keyring (Secret Service or KWallet); start one, or set the token as HF_TOKEN in the environment</source>
        <translation>此桌面没有密钥环（Secret Service 或 KWallet）；请启动一个，或在环境变量 HF_TOKEN 中设置令牌</translation>
    </message>
    <message>
        <source>it was not unlocked</source>
        <translation>没有解锁</translation>
    </message>
    <message>
        <source>it does not answer; start one (Secret Service or KWallet), or set the token as HF_TOKEN in the environment</source>
        <translation>没有应答；请启动一个（Secret Service 或 KWallet），或在环境变量 HF_TOKEN 中设置令牌</translation>
    </message>
    <message>
        <source>close other programs or choose a smaller size</source>
        <translation>请关闭其他程序，或选择较小的尺寸</translation>
    </message>
    <message>
        <source>needs about %1 even at its thriftiest, and %2 can be had: choose a smaller picture, a smaller model or fewer ControlNets, or close other programs</source>
        <translation>即使最节省也需要约 %1，而可用的只有 %2：请选择较小的画面、较小的模型或更少的 ControlNet，或关闭其他程序</translation>
    </message>
    <message>
        <source>memory was refused even at the thriftiest: choose a smaller picture, a smaller model or fewer ControlNets, or close other programs</source>
        <translation>即使最节省，内存仍然不够：请选择较小的画面、较小的模型或更少的 ControlNet，或关闭其他程序</translation>
    </message>
    <message>
        <source>it does not say how it was made</source>
        <translation>它没有写明制作方式</translation>
    </message>
    <message>
        <source>there is no such wildcard; write its choices into %1, one a line</source>
        <translation>没有这个通配符；请把它的选项写入 %1，每行一个</translation>
    </message>
    <message>
        <source>a wildcard is named by its file, without .txt, below the wildcards&apos; folder</source>
        <translation>通配符以通配符文件夹中的文件命名，不带 .txt</translation>
    </message>
    <message>
        <source>its file is not inside the wildcards&apos; folder; copy it there</source>
        <translation>它的文件不在通配符文件夹内；请复制到那里</translation>
    </message>
    <message>
        <source>its file is larger than 4 MB; divide it</source>
        <translation>它的文件大于 4 MB；请拆分</translation>
    </message>
    <message>
        <source>its file is not UTF-8 text; save it as UTF-8</source>
        <translation>它的文件不是 UTF-8 文本；请另存为 UTF-8</translation>
    </message>
    <message>
        <source>its file has no line to choose; write one choice a line</source>
        <translation>它的文件中没有可选的行；请每行写一个选项</translation>
    </message>
    <message>
        <source>its file names it again; a wildcard cannot stand for itself</source>
        <translation>它的文件又用到了它自己；通配符不能代表自身</translation>
    </message>
    <message>
        <source>nested too deep; use fewer braces within braces</source>
        <translation>嵌套过深；请减少花括号的层数</translation>
    </message>
    <message>
        <source>what its choices add up to is too long</source>
        <translation>展开后的文字过长</translation>
    </message>
    <message>
        <source>choose what varies</source>
        <translation>请选择要变化的内容</translation>
    </message>
    <message>
        <source>an axis has no values; give at least one</source>
        <translation>有一个轴没有取值；请至少给一个</translation>
    </message>
    <message>
        <source>seeds are whole numbers</source>
        <translation>种子是整数</translation>
    </message>
    <message>
        <source>weights go from 0 to 2</source>
        <translation>权重范围为 0 到 2</translation>
    </message>
    <message>
        <source>the prompt has no such choice any more</source>
        <translation>提示词中已没有这个选项</translation>
    </message>
    <message>
        <source>no such reference acts on the picture; pin one first</source>
        <translation>没有这样的参考图在起作用；请先固定一张</translation>
    </message>
    <message>
        <source>a grid is being painted; wait for it, or stop it</source>
        <translation>正在绘制一个网格；请等待或停止它</translation>
    </message>
    <message>
        <source>both axes vary the same; choose another thing for one of them</source>
        <translation>两个轴变化的是同一内容；请为其中一个另选</translation>
    </message>
    <message>
        <source>at most 64 pictures at a time; take fewer values</source>
        <translation>一次最多 64 张；请减少取值</translation>
    </message>
    <message>
        <source>database disk image is malformed</source>
        <translation>数据库内容有误</translation>
    </message>
    <message>
        <source>%1 MB; pictures up to %2 MB are fetched</source>
        <translation>%1 MB；最多获取 %2 MB 的图片</translation>
    </message>
    <message>
        <source>more than %1 MB came; larger pictures are not fetched</source>
        <translation>已收到超过 %1 MB；更大的图片不予获取</translation>
    </message>
    <message>
        <source>this is a web page and not a picture: open it in a browser, and drag the picture itself from there onto the board</source>
        <translation>这是网页而不是图片：请在浏览器中打开，再把图片本身从那里拖到画板上</translation>
    </message>
    <message>
        <source>the server is too slow; try again later, or fetch the picture with a browser and drag it onto the board</source>
        <translation>服务器太慢；请稍后再试，或用浏览器取得图片后拖到画板上</translation>
    </message>
    <message>
        <source>the connection was lost before all of it came; try again</source>
        <translation>尚未收完，连接就断开了；请重试</translation>
    </message>
    <message>
        <source>the server leads to an address that Moodloom does not follow; open it in a browser, and drag the picture itself onto the board</source>
        <translation>服务器指向 Moodloom 不会跟随的地址；请在浏览器中打开，再把图片本身拖到画板上</translation>
    </message>
    <message>
        <source>its certificate is not valid; nothing was fetched</source>
        <translation>其证书无效；没有获取任何内容</translation>
    </message>
    <message>
        <source>the server has no such picture; check the address</source>
        <translation>服务器上没有这张图片；请检查网址</translation>
    </message>
    <message>
        <source>the server gives it to no one but a browser: open the address there, and drag the picture itself onto the board</source>
        <translation>服务器只把它交给浏览器：请在浏览器中打开该网址，再把图片本身拖到画板上</translation>
    </message>
    <message>
        <source>its format is %1, this one knows up to %2</source>
        <translation>文件格式为 %1，本程序支持到 %2</translation>
    </message>
    <message>
        <source>a part of the model is missing; get the whole model again</source>
        <translation>模型缺少一部分；请重新获取整个模型</translation>
    </message>
    <message>
        <source>is not valid JSON (at byte %1)</source>
        <translation>不是有效的 JSON（第 %1 字节处）</translation>
    </message>
    <message>
        <source>it was cut off, get it again: tensor &quot;%1&quot; needs bytes up to %2, the file ends at %3</source>
        <translation>文件不完整，请重新获取：张量“%1”需要到第 %2 字节，文件只到第 %3 字节</translation>
    </message>
    <message>
        <source>it was cut off or is no safetensors file, get it again: its header should have %1 bytes, the file has %2</source>
        <translation>文件不完整或不是 safetensors 文件，请重新获取：文件头应有 %1 字节，文件只有 %2 字节</translation>
    </message>
    <message>
        <source>config and weights are not of the same model, get both anew: tensor &quot;%1&quot; should be %2 and is %3</source>
        <translation>配置与权重不属于同一个模型，请重新获取两者：张量“%1”应为 %2，实为 %3</translation>
    </message>
    <message>
        <source>is a pickle of PyTorch before 1.6, which is never opened here; convert it to safetensors, where you trust it (the checkpoint merger of A1111 and ComfyUI&apos;s &quot;Save Checkpoint&quot; write that)</source>
        <translation>这是 PyTorch 1.6 之前的 pickle，本程序从不打开；若您信任它，请转换为 safetensors（可用 A1111 的模型合并或 ComfyUI 的“Save Checkpoint”）</translation>
    </message>
    <message>
        <source>there is no such folder; bring it back, or choose another model</source>
        <translation>没有此文件夹；请将其移回，或选择其他模型</translation>
    </message>
    <message>
        <source>its file is gone and the board has no copy; bring the file back, or unpin it</source>
        <translation>文件已不在，画板中也没有副本；请将文件移回，或取消固定</translation>
    </message>
    <message>
        <source>it is another picture, or was changed; drop it on the board instead</source>
        <translation>这是另一张图片，或已被修改；请改为把它拖到画板上</translation>
    </message>
    <message>
        <source>has no %1 in it</source>
        <translation>其中没有 %1</translation>
    </message>
    <message>
        <source>takes no reference pictures: it has no image encoder or no IP-Adapter</source>
        <translation>不能使用参考图：它没有图像编码器或没有 IP-Adapter</translation>
    </message>
</context>
<context>
    <name>ErrorPart</name>
    <message>
        <source>tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>text encoder</source>
        <translation>文本编码器</translation>
    </message>
    <message>
        <source>second text encoder</source>
        <translation>第二个文本编码器</translation>
    </message>
    <message>
        <source>image encoder</source>
        <translation>图像编码器</translation>
    </message>
    <message>
        <source>text encoder for searching</source>
        <translation>检索用的文本编码器</translation>
    </message>
    <message>
        <source>image encoder for searching</source>
        <translation>检索用的图像编码器</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>the merged picture</source>
        <translation>合并后的图片</translation>
    </message>
    <message>
        <source>animation</source>
        <translation>动画</translation>
    </message>
</context>
<context>
    <name>ExportPanel</name>
    <message>
        <source>Export this take</source>
        <translation>导出这张成图</translation>
    </message>
    <message>
        <source>The picture in sRGB, with its recipe inside.</source>
        <translation>sRGB 图像，内含生成配方。</translation>
    </message>
    <message>
        <source>Layers: the take, the references hidden, the notes.</source>
        <translation>分层：成图、隐藏的参考图、便签。</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>PSD</source>
        <translation>PSD</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>选择其他文件夹</translation>
    </message>
    <message>
        <source>There is already a file of this name.</source>
        <translation>已有同名文件。</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>FacetChip</name>
    <message>
        <source>Left out of the search</source>
        <translation>不参与查找</translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n 张参考图</numerusform>
        </translation>
    </message>
    <message>
        <source>Search for it again</source>
        <translation>重新参与查找</translation>
    </message>
    <message>
        <source>Leave it out of the search</source>
        <translation>不参与查找</translation>
    </message>
    <message>
        <source>Edit it in the prompt</source>
        <translation>在提示词中编辑</translation>
    </message>
    <message>
        <source>bound: %1</source>
        <translation>已绑定：%1</translation>
    </message>
    <message>
        <source>Bind the chosen picture</source>
        <translation>绑定所选图片</translation>
    </message>
    <message>
        <source>Split…</source>
        <translation>拆分…</translation>
    </message>
    <message>
        <source>Merge with the next</source>
        <translation>与下一个合并</translation>
    </message>
    <message>
        <source>Move to the left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move to the right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Unbind “%1”</source>
        <translation>解绑“%1”</translation>
    </message>
    <message>
        <source>Weigh more</source>
        <translation>加大权重</translation>
    </message>
    <message>
        <source>Weigh less</source>
        <translation>减小权重</translation>
    </message>
    <message>
        <source>Nothing in your library shows “%1”. Pin a picture for it, or it is painted from the words alone.</source>
        <translation>您的图库中没有图片展示“%1”。请为它固定一张图片，否则将只按文字绘制。</translation>
    </message>
</context>
<context>
    <name>FailedTakeCard</name>
    <message>
        <source>Enter tries again, Ctrl+C copies the message, Delete dismisses it.</source>
        <translation>按 Enter 重试，Ctrl+C 复制消息，Delete 关闭。</translation>
    </message>
    <message>
        <source>Ctrl+C copies the message, Delete dismisses it.</source>
        <translation>按 Ctrl+C 复制消息，Delete 关闭。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Paints the same once more, with the seed and the settings of then</source>
        <translation>用当时的种子和设置再绘制一次</translation>
    </message>
    <message>
        <source>Copy this message</source>
        <translation>复制这条消息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FailureList</name>
    <message numerus="yes">
        <source>%n picture(s) could not be read</source>
        <translation>
            <numerusform>%n 张图片无法读取</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show why</source>
        <translation>查看原因</translation>
    </message>
</context>
<context>
    <name>GetModelPanel</name>
    <message>
        <source>Get a model</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>Hugging Face id or https://…</source>
        <translation>Hugging Face ID 或 https://…</translation>
    </message>
    <message>
        <source>Model to get: a Hugging Face id or an address</source>
        <translation>要获取的模型：Hugging Face ID 或地址</translation>
    </message>
    <message>
        <source>SHA-256, if you know it</source>
        <translation>SHA-256（如果知道）</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Asks the server what there is; nothing is fetched yet</source>
        <translation>向服务器询问有哪些内容；此时还不获取任何文件</translation>
    </message>
    <message>
        <source>Looking it up</source>
        <translation>正在查询</translation>
    </message>
    <message>
        <source>Stop looking it up</source>
        <translation>停止查询</translation>
    </message>
    <message>
        <source>Files that will be fetched</source>
        <translation>将要获取的文件</translation>
    </message>
    <message>
        <source>Into %1</source>
        <translation>存入 %1</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>选择其他文件夹</translation>
    </message>
    <message>
        <source>Fetching %1</source>
        <translation>正在获取 %1</translation>
    </message>
    <message>
        <source>It is whole, its sums are right, and it is on the shelf.</source>
        <translation>文件完整，校验无误，已在模型架上。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What was fetched of it goes, too</source>
        <translation>已获取的部分也会删除</translation>
    </message>
    <message>
        <source>Token for Hugging Face</source>
        <translation>Hugging Face 令牌</translation>
    </message>
    <message>
        <source>hf_…</source>
        <translation>hf_…</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>In the desktop&apos;s keyring, and nowhere else</source>
        <translation>只保存在桌面的密钥环中</translation>
    </message>
    <message>
        <source>Remove the token from the keyring</source>
        <translation>从密钥环中删除令牌</translation>
    </message>
</context>
<context>
    <name>GroundingList</name>
    <message>
        <source>Looking at what it shows…</source>
        <translation>正在查看画出了什么…</translation>
    </message>
    <message>
        <source>Shows of the prompt</source>
        <translation>提示词检查结果</translation>
    </message>
    <message>
        <source>What it shows is not checked</source>
        <translation>还没有检查画出了什么</translation>
    </message>
    <message>
        <source>Do not check it</source>
        <translation>不检查</translation>
    </message>
    <message>
        <source>Check again what it shows</source>
        <translation>重新检查画出了什么</translation>
    </message>
    <message>
        <source>Check what it shows</source>
        <translation>检查画出了什么</translation>
    </message>
    <message>
        <source>Look up what is missing</source>
        <translation>查找缺少的内容</translation>
    </message>
    <message>
        <source>Looks up %1 alone, pins the best picture that has not acted yet (a note&apos;s comes where the note lies), and paints again</source>
        <translation>只查找“%1”，固定还没有用过的最合适的图（便签的图放到便签所在处），再画一次</translation>
    </message>
</context>
<context>
    <name>GroundingText</name>
    <message>
        <source>found</source>
        <translation>已画出</translation>
    </message>
    <message>
        <source>weak</source>
        <translation>不明显</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>Nothing here sees words and pictures in one space: choose a model with a CLIP</source>
        <translation>这里没有能把文字和图像放在一起比较的模型：请选择带 CLIP 的模型</translation>
    </message>
    <message>
        <source>The library has too few other pictures to compare with</source>
        <translation>图库里可以比较的其他图片太少</translation>
    </message>
    <message>
        <source>The model that searches cannot tell pictures of it from others</source>
        <translation>用来搜索的模型分不清它的图片和其他图片</translation>
    </message>
    <message>
        <source>Like its pictures: %1 (others %2 ± %3, those that show it %4)</source>
        <translation>与它的图片的相似度：%1（其他图片 %2 ± %3，画有它的图片 %4）</translation>
    </message>
    <message>
        <source>Like its words: %1 (others %2 ± %3, those that show it %4)</source>
        <translation>与它的文字的相似度：%1（其他图片 %2 ± %3，画有它的图片 %4）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a facet and whether it is found</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>HistoryPopup</name>
    <message>
        <source>Search earlier prompts</source>
        <translation>搜索以前的提示词</translation>
    </message>
    <message>
        <source>Forget this prompt</source>
        <translation>忘掉这条提示词</translation>
    </message>
    <message>
        <source>Prompts that you search or paint with are kept here.</source>
        <translation>查找或绘制时用过的提示词保存在这里。</translation>
    </message>
    <message>
        <source>No prompt of before has these words.</source>
        <translation>以前的提示词中没有这些字。</translation>
    </message>
</context>
<context>
    <name>ImportBar</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>%1 of %2 pictures</source>
        <translation>%1 / %2 张图片</translation>
    </message>
    <message>
        <source>%1 pictures</source>
        <translation>%1 张图片</translation>
    </message>
    <message>
        <source>Search names and keywords</source>
        <translation>搜索名称和关键词</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No picture has all of these words in its name, description or keywords. Try fewer or other words.</source>
        <translation>没有图片的名称、描述或关键词包含所有这些词。请减少或更换词语。</translation>
    </message>
    <message>
        <source>Your pictures are the material</source>
        <translation>您的图片就是素材</translation>
    </message>
    <message>
        <source>Moodloom looks up references in a library of your own pictures. They stay where they are and never leave this machine.
Add a folder, drop pictures here, or start with drawn samples.</source>
        <translation>Moodloom 在您自己的图库中查找参考图。图片留在原处，绝不离开这台电脑。
添加文件夹、把图片拖到这里，或从绘制的示例开始。</translation>
    </message>
    <message>
        <source>Make the sample library</source>
        <translation>生成示例图库</translation>
    </message>
    <message>
        <source>Add a folder to the library</source>
        <translation>把文件夹加入图库</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>There is no take to export yet.</source>
        <translation>还没有可以导出的成图。</translation>
    </message>
    <message>
        <source>Dropped “%1”</source>
        <translation>已弃用“%1”</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>%1 added, %2 could not be read</source>
        <translation>已添加 %1 张，%2 张无法读取</translation>
    </message>
    <message>
        <source>%1 added to the library</source>
        <translation>已添加 %1 张到图库</translation>
    </message>
    <message>
        <source>Open a board</source>
        <translation>打开画板</translation>
    </message>
    <message>
        <source>Moodloom board (*.moodloom)</source>
        <translation>Moodloom 画板 (*.moodloom)</translation>
    </message>
    <message>
        <source>Save the board as</source>
        <translation>画板另存为</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Not saved yet: “%1” is there already</source>
        <translation>尚未保存：已有“%1”</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Closed “%1”; it is kept</source>
        <translation>已关闭“%1”；内容已保留</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>No picture of the grid was painted.</source>
        <translation>网格中没有绘制出任何图片。</translation>
    </message>
    <message>
        <source>%1 of %2 pictures of the grid are on the board</source>
        <translation>网格的 %2 张图片中有 %1 张已放到画板上</translation>
    </message>
    <message>
        <source>The grid is on the board</source>
        <translation>网格已放到画板上</translation>
    </message>
    <message>
        <source>“%1” came from the shared folder onto the board</source>
        <translation>“%1”已从共享文件夹来到画板上</translation>
    </message>
    <message>
        <source>“%1” came from the shared folder into the library</source>
        <translation>“%1”已从共享文件夹进入图库</translation>
    </message>
    <message>
        <source>%1 It was added to the board.</source>
        <translation>%1 已把它加到画板上。</translation>
    </message>
    <message>
        <source>The settings of “%1” are in use</source>
        <translation>已采用“%1”的设置</translation>
    </message>
    <message>
        <source>Use the prompt and settings of a picture</source>
        <translation>使用一张图片的提示词和设置</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.avif *.tif *.tiff)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.avif *.tif *.tiff)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Pinned as a reference: %1</source>
        <translation>已固定为参考图：%1</translation>
    </message>
    <message>
        <source>“%1” is no longer in the library; its file stays</source>
        <translation>“%1”已从图库移除；文件仍在原处</translation>
    </message>
    <message>
        <source>“%1” is in the library again</source>
        <translation>“%1”已回到图库</translation>
    </message>
</context>
<context>
    <name>Memory</name>
    <message>
        <source>loading</source>
        <translation>加载</translation>
    </message>
    <message>
        <source>the text and the references</source>
        <translation>编码文字和参考图</translation>
    </message>
    <message>
        <source>the steps</source>
        <translation>去噪步骤</translation>
    </message>
    <message>
        <source>decoding the picture</source>
        <translation>解码画面</translation>
    </message>
    <message>
        <source>everything stays in memory</source>
        <translation>全部留在内存中</translation>
    </message>
    <message>
        <source>text encoder moved out after use</source>
        <translation>文本编码器用后移出</translation>
    </message>
    <message>
        <source>one part of the model at a time</source>
        <translation>模型的各部分依次载入</translation>
    </message>
    <message>
        <source>weights read from the disk as they are used, which is slow</source>
        <translation>权重用到时才从磁盘读取，较慢</translation>
    </message>
    <message>
        <source>decoded in tiles of %1 px</source>
        <translation>按 %1 像素的图块解码</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>needs about %1 of the graphics card: %2</source>
        <translation>约需显存 %1：%2</translation>
    </message>
    <message>
        <source>needs about %1: %2</source>
        <translation>约需 %1：%2</translation>
    </message>
    <message>
        <source>needs about %1 even at its thriftiest, and %2 can be had: choose a smaller picture, a smaller model or fewer ControlNets, or close other programs</source>
        <translation>即使最节省也需要约 %1，而可用的只有 %2：请选择较小的画面、较小的模型或更少的 ControlNet，或关闭其他程序</translation>
    </message>
    <message>
        <source>needs about %1 of %2 on the graphics card: %3</source>
        <translation>约需显存 %1（可用 %2）：%3</translation>
    </message>
    <message>
        <source>needs about %1 of %2: %3</source>
        <translation>约需内存 %1（可用 %2）：%3</translation>
    </message>
    <message>
        <source>on the processor, %1</source>
        <translation>改用处理器，%1</translation>
    </message>
    <message>
        <source>not enough memory for %1 (%2 needed, %3 there): went on with: %4</source>
        <translation>%1时内存不足（需要 %2，只有 %3），已改为：%4</translation>
    </message>
    <message>
        <source>not enough memory for %1: went on with: %2</source>
        <translation>%1时内存不足，已改为：%2</translation>
    </message>
</context>
<context>
    <name>ModelText</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Text encoder</source>
        <translation>文本编码器</translation>
    </message>
    <message>
        <source>Image encoder</source>
        <translation>图像编码器</translation>
    </message>
    <message>
        <source>Preview decoder</source>
        <translation>预览解码器</translation>
    </message>
    <message>
        <source>Textual inversion</source>
        <translation>文本反演</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知类型</translation>
    </message>
    <message>
        <source>Hugging Face&apos;s cache</source>
        <translation>Hugging Face 缓存</translation>
    </message>
    <message>
        <source>folders that ComfyUI names</source>
        <translation>ComfyUI 指定的文件夹</translation>
    </message>
</context>
<context>
    <name>ModelView</name>
    <message>
        <source>content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>%1–%2 %</source>
        <translation>%1–%2%</translation>
    </message>
    <message>
        <source>weight %1</source>
        <translation>权重 %1</translation>
    </message>
    <message>
        <source>steps %1</source>
        <translation>步骤 %1</translation>
    </message>
    <message>
        <source>a part of it</source>
        <translation>其中一部分</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>words</source>
        <translation>文字</translation>
    </message>
</context>
<context>
    <name>Origin</name>
    <message>
        <source>There is no sampler %1 here; the sampler stays as it is</source>
        <translation>这里没有采样器 %1；采样器保持不变</translation>
    </message>
    <message>
        <source>The schedule %1 is not one of this sampler&apos;s; the model&apos;s own is taken</source>
        <translation>这个采样器没有调度 %1；改用模型自带的调度</translation>
    </message>
    <message>
        <source>%1 is beyond what can be set here</source>
        <translation>%1 超出了这里可以设置的范围</translation>
    </message>
    <message>
        <source>Not taken over: %1</source>
        <translation>未采用：%1</translation>
    </message>
    <message>
        <source>It was painted over another picture, which is not in the file</source>
        <translation>它是在另一张图片上重绘的，而那张图片不在文件里</translation>
    </message>
    <message>
        <source>It was painted in several passes (%1); the first one&apos;s settings are taken</source>
        <translation>它分多遍绘制（%1）；采用第一遍的设置</translation>
    </message>
    <message>
        <source>What the node %1 did is not done here</source>
        <translation>节点 %1 所做的处理在这里不会进行</translation>
    </message>
    <message>
        <source>Another node computes it, so it stays as it is: %1</source>
        <translation>由另一个节点计算得出，因此保持不变：%1</translation>
    </message>
    <message>
        <source>The embedding %1 is not loaded: its name is read as a word</source>
        <translation>嵌入 %1 没有载入：它的名字会被当作普通词语</translation>
    </message>
    <message>
        <source>Its recipe is of a newer Moodloom; only the plain settings are taken</source>
        <translation>它的配方来自更新版本的 Moodloom；只采用其中的普通设置</translation>
    </message>
    <message>
        <source>Weights of words, as (word:1.2), are taken over, but programs differ in how strongly they act</source>
        <translation>词语的权重（如 (word:1.2)）会一并采用，但各程序中权重的作用强度有所不同</translation>
    </message>
</context>
<context>
    <name>OriginPanel</name>
    <message>
        <source>Painted by %1: its whole recipe is inside.</source>
        <translation>由 %1 绘制：完整的配方就在里面。</translation>
    </message>
    <message>
        <source>Painted by %1. Painted anew here it comes out alike, not the same.</source>
        <translation>由 %1 绘制。在这里重新绘制，结果相似但不会相同。</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n 张参考图</numerusform>
        </translation>
    </message>
    <message>
        <source>Use</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Undo brings back what was there.</source>
        <translation>撤销可恢复原来的内容。</translation>
    </message>
</context>
<context>
    <name>OutlinePanel</name>
    <message>
        <source>Outline of the board</source>
        <translation>画板大纲</translation>
    </message>
    <message>
        <source>Search this board</source>
        <translation>搜索此画板</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Enter goes there, Shift+Enter selects it with the others</source>
        <translation>回车转到该项，Shift+回车将其加入选择</translation>
    </message>
</context>
<context>
    <name>OutlineRow</name>
    <message>
        <source>%1, hidden</source>
        <translation>%1，已隐藏</translation>
    </message>
</context>
<context>
    <name>PaintSettingsPanel</name>
    <message>
        <source>Painting</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Roll a new seed</source>
        <translation>换一个随机种子</translation>
    </message>
    <message>
        <source>Use a new seed for every take</source>
        <translation>每次使用新种子</translation>
    </message>
    <message>
        <source>Keep this seed</source>
        <translation>固定这个种子</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Size in pixels</source>
        <translation>像素尺寸</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Swap width and height</source>
        <translation>交换宽高</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>使用内置模型</translation>
    </message>
    <message>
        <source>Avoid</source>
        <translation>避免</translation>
    </message>
    <message>
        <source>What should not be in the picture</source>
        <translation>画面中不应出现的内容</translation>
    </message>
    <message>
        <source>Choose among the models</source>
        <translation>在模型中选择</translation>
    </message>
    <message>
        <source>Painted over</source>
        <translation>底图</translation>
    </message>
    <message>
        <source>Choose a picture to paint over</source>
        <translation>选择要在其上绘制的图片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.heic *.svg)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.heic *.svg)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>精细程度</translation>
    </message>
    <message>
        <source>Guidance: closeness to the prompt</source>
        <translation>引导强度：画面多贴近提示词</translation>
    </message>
</context>
<context>
    <name>PaintingTile</name>
    <message>
        <source>The picture that is being painted</source>
        <translation>正在绘制的图片</translation>
    </message>
    <message>
        <source>%1. Escape stops it.</source>
        <translation>%1。按 Esc 停止。</translation>
    </message>
    <message>
        <source>Step %1/%2</source>
        <translation>第 %1/%2 步</translation>
    </message>
    <message>
        <source>Loading %1 %</source>
        <translation>载入 %1%</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>正在准备</translation>
    </message>
</context>
<context>
    <name>PenBar</name>
    <message>
        <source>Drawing</source>
        <translation>手绘</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>琥珀色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>Width of the pen</source>
        <translation>画笔粗细</translation>
    </message>
    <message>
        <source>End drawing</source>
        <translation>结束手绘</translation>
    </message>
</context>
<context>
    <name>PlacesPanel</name>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>not there now</source>
        <translation>目前不在</translation>
    </message>
    <message>
        <source>%1, found automatically</source>
        <translation>%1，自动找到</translation>
    </message>
    <message>
        <source>Look in this folder no more; its files stay where they are</source>
        <translation>不再查找此文件夹；其中的文件保持原样</translation>
    </message>
    <message>
        <source>Look in %1 no more</source>
        <translation>不再查找 %1</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Models are used where they are and never copied. What is added, changed or removed there shows up automatically.</source>
        <translation>模型就地使用，从不复制。其中添加、更改或移除的内容会自动显示。</translation>
    </message>
    <message>
        <source>Add a list…</source>
        <translation>添加列表…</translation>
    </message>
    <message>
        <source>A file by which ComfyUI finds folders: extra_model_paths.yaml</source>
        <translation>ComfyUI 用来查找文件夹的文件：extra_model_paths.yaml</translation>
    </message>
</context>
<context>
    <name>PromptBar</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find references for this prompt</source>
        <translation>为这段提示词查找参考图</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Paint the picture</source>
        <translation>绘制图像</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop painting</source>
        <translation>停止绘制</translation>
    </message>
    <message>
        <source>Earlier prompts</source>
        <translation>以前的提示词</translation>
    </message>
    <message>
        <source>Describe what is here: the prompt from what the selected, else the pinned pictures are called</source>
        <translation>描述这里的内容：用所选图片（否则用已固定的图片）的说明写成提示词</translation>
    </message>
    <message>
        <source>Describe the picture, for example: a red car at the Great Wall</source>
        <translation>描述画面，例如：大众揽巡飞跃长城</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Board</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>All actions</source>
        <translation>所有操作</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Something failed there</source>
        <translation>那里有操作失败</translation>
    </message>
</context>
<context>
    <name>RangeSlider</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>beginning</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>end</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>多个值</translation>
    </message>
</context>
<context>
    <name>RecipeText</name>
    <message>
        <source>The model&apos;s own</source>
        <translation>模型自带</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 步</numerusform>
        </translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>引导 %1</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n 张参考图</numerusform>
        </translation>
    </message>
    <message>
        <source>over %1, strength %2</source>
        <translation>底图 %1，强度 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n 个便签</numerusform>
        </translation>
    </message>
    <message>
        <source>the model&apos;s own sampler</source>
        <translation>模型自带的采样器</translation>
    </message>
</context>
<context>
    <name>ReferenceCard</name>
    <message>
        <source>Pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin: keep it, and find more in its direction</source>
        <translation>固定：保留它，并多找相近的</translation>
    </message>
    <message>
        <source>Drop: take it away, and find fewer like it</source>
        <translation>弃用：拿走它，并少找类似的</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>更多类似的</translation>
    </message>
    <message>
        <source>Why it is here: %1</source>
        <translation>为何在此：%1</translation>
    </message>
    <message>
        <source>A part of it is used</source>
        <translation>使用其中一部分</translation>
    </message>
    <message>
        <source>The file is not where it was</source>
        <translation>文件已不在原处</translation>
    </message>
</context>
<context>
    <name>ReferenceDetails</name>
    <message>
        <source>Reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>弃用</translation>
    </message>
    <message>
        <source>Weight: how strongly it shapes the picture</source>
        <translation>权重：它对画面的影响有多强</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
</context>
<context>
    <name>ReferencesPanel</name>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>The library is empty</source>
        <translation>图库是空的</translation>
    </message>
    <message>
        <source>Nothing fits this prompt</source>
        <translation>没有与这段提示词相符的图片</translation>
    </message>
    <message>
        <source>No references yet</source>
        <translation>还没有参考图</translation>
    </message>
    <message>
        <source>References are looked up in your own pictures. Add a folder of them first.</source>
        <translation>参考图来自您的图片。请先添加文件夹。</translation>
    </message>
    <message>
        <source>Try other words, or drop a picture here.</source>
        <translation>换些词试试，或把图片拖到这里。</translation>
    </message>
    <message>
        <source>Open the library</source>
        <translation>打开图库</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>更多类似的</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>弃用</translation>
    </message>
    <message>
        <source>Write a prompt and press %1, or drop pictures anywhere.</source>
        <translation>写下提示词并按 %1，或拖入图片。</translation>
    </message>
    <message>
        <source>Write a prompt, or drop pictures anywhere.</source>
        <translation>写下提示词，或拖入图片。</translation>
    </message>
    <message>
        <source>Nothing in your library shows “%1”.</source>
        <translation>您的图库中没有图片展示“%1”。</translation>
    </message>
    <message>
        <source>%1 The nearest pictures, which stay off the board until you pin them:</source>
        <translation>%1以下是最接近的图片，固定之后才会放到画板上：</translation>
    </message>
</context>
<context>
    <name>Reuse</name>
    <message>
        <source>The model %1 is not here; the model stays as it is</source>
        <translation>这里没有模型 %1；模型保持不变</translation>
    </message>
    <message>
        <source>The LoRA %1 is not here</source>
        <translation>这里没有 LoRA %1</translation>
    </message>
    <message>
        <source>%1 × %2 pixels become %3 × %4, which this model paints</source>
        <translation>%1 × %2 像素改为 %3 × %4，这个模型按此绘制</translation>
    </message>
    <message>
        <source>The picture %1 is not here</source>
        <translation>这里没有图片 %1</translation>
    </message>
    <message>
        <source>%1 %2 is not here</source>
        <translation>这里没有 %1 %2</translation>
    </message>
    <message>
        <source>The reference %1 is not here</source>
        <translation>这里没有参考图 %1</translation>
    </message>
</context>
<context>
    <name>SceneBuilder</name>
    <message>
        <source>The file is not where it was. Put it back, or drop the picture.</source>
        <translation>文件已不在原处。
请把它放回，或弃用这张图片。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Grey of the board</source>
        <translation>画板灰度</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动效</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>减少动效</translation>
    </message>
    <message>
        <source>Folders and machine</source>
        <translation>文件夹与电脑</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Back to the default place</source>
        <translation>恢复默认位置</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the library&apos;s folder</source>
        <translation>选择图库文件夹</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>使用内置模型</translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>0 uses all %1</source>
        <translation>0 表示使用全部 %1 个</translation>
    </message>
    <message>
        <source>Folders and threads change when Moodloom is started again.</source>
        <translation>文件夹和线程的更改在重新启动 Moodloom 后生效。</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Click a shortcut and press the new keys. Backspace takes it away, Esc leaves it.</source>
        <translation>点击快捷键，然后按下新的按键。退格键清除，Esc 保持不变。</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>监视的文件夹</translation>
    </message>
    <message>
        <source>Watch this folder no more; its pictures stay in the library</source>
        <translation>不再监视此文件夹；其中的图片仍留在图库</translation>
    </message>
    <message>
        <source>What is added, changed or moved there comes into the library automatically.</source>
        <translation>其中新增、修改或移动的内容会自动进入图库。</translation>
    </message>
    <message>
        <source>Folders that you add to the library are watched from then on.</source>
        <translation>加入图库的文件夹此后会被监视。</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>As the model sees</source>
        <translation>用模型自带的编码器</translation>
    </message>
    <message>
        <source>Search with the model&apos;s own encoders</source>
        <translation>改回模型自带的编码器</translation>
    </message>
    <message>
        <source>Choose a CLIP folder for searching</source>
        <translation>选择用于搜索的 CLIP 文件夹</translation>
    </message>
    <message>
        <source>A CLIP of your own, a folder with config.json and model.safetensors, can compare words and pictures. The library is then read anew with it.</source>
        <translation>可以用您自己的 CLIP（含 config.json 和 model.safetensors 的文件夹）比较文字与图片，图库会随之重新读取。</translation>
    </message>
    <message>
        <source>Wildcards</source>
        <translation>通配符</translation>
    </message>
    <message>
        <source>Choose the wildcards&apos; folder</source>
        <translation>选择通配符文件夹</translation>
    </message>
    <message>
        <source>__color__ in a prompt becomes a line of color.txt from there, {red|blue} one of the two; the seed chooses, anew for every take.</source>
        <translation>提示词中的 __颜色__ 会换成那里的 颜色.txt 中的一行，{红色|蓝色} 取其一；由种子决定，每次绘制重新选择。</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>共享文件夹</translation>
    </message>
</context>
<context>
    <name>SharedFolderSettings</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Share no folder any more; its files stay</source>
        <translation>不再共享文件夹；其中的文件保留</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose a folder to share with other programs</source>
        <translation>选择与其他程序共享的文件夹</translation>
    </message>
    <message>
        <source>The folder is not there; it is watched again when it comes back.</source>
        <translation>文件夹不在；它再次出现时会重新监视。</translation>
    </message>
    <message>
        <source>Put new pictures on the board, too</source>
        <translation>新图片也放到画板上</translation>
    </message>
    <message>
        <source>Save every take there, with its recipe</source>
        <translation>每张成图连同配方保存到那里</translation>
    </message>
    <message>
        <source>What Krita, GIMP or a browser saves into this folder comes into the library automatically. A take that was changed there lands beside its frame.</source>
        <translation>Krita、GIMP 或浏览器保存到这个文件夹的图片会自动进入图库。在那里改过的成图会出现在它的画框旁边。</translation>
    </message>
</context>
<context>
    <name>Shelf</name>
    <message>
        <source>It needs %1 of memory, and %2 are free: close other programs, or choose a smaller model.</source>
        <translation>它需要 %1 内存，而可用内存为 %2：请关闭其他程序，或选择较小的模型。</translation>
    </message>
    <message>
        <source>Made for %1; the chosen model is %2.</source>
        <translation>适用于 %1，而所选模型是 %2。</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>它已不在那里。</translation>
    </message>
    <message>
        <source>Moodloom does not use textual inversions yet.</source>
        <translation>Moodloom 尚不使用文本反演。</translation>
    </message>
    <message>
        <source>Moodloom does not know this kind of model.</source>
        <translation>Moodloom 不认识这类模型。</translation>
    </message>
    <message>
        <source>A part of a model: it is used from within a model&apos;s folder, not by itself.</source>
        <translation>模型的一部分：在模型文件夹中使用，不能单独使用。</translation>
    </message>
    <message>
        <source>Made for %1; the chosen model is of another kind.</source>
        <translation>适用于 %1，而所选模型属于其他类型。</translation>
    </message>
</context>
<context>
    <name>ShelfPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>%1 on this machine</source>
        <translation>本机共 %1 个</translation>
    </message>
    <message>
        <source>Search names, kinds, trigger words</source>
        <translation>搜索名称、类型、触发词</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No model has all of these words in its name, kind, family or trigger words.</source>
        <translation>没有模型的名称、类型、系列或触发词同时包含这些词。</translation>
    </message>
    <message>
        <source>Bring your own models</source>
        <translation>使用您自己的模型</translation>
    </message>
    <message>
        <source>Checkpoints, LoRAs and ControlNets of Stable Diffusion 1.x, 2.x and SDXL, recognised by what is in them. The folders of ComfyUI, A1111, Forge and Hugging Face&apos;s cache are found automatically in their usual places.</source>
        <translation>Stable Diffusion 1.x、2.x 和 SDXL 的检查点、LoRA 和 ControlNet，按内容识别。ComfyUI、A1111、Forge 和 Hugging Face 缓存的文件夹若在常见位置，会自动找到。</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Add a folder of models</source>
        <translation>添加模型文件夹</translation>
    </message>
    <message>
        <source>Choose the picture that it follows</source>
        <translation>选择它所依照的图片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.heic *.svg)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.heic *.svg)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Add the folders that ComfyUI&apos;s extra_model_paths.yaml names</source>
        <translation>添加 ComfyUI 的 extra_model_paths.yaml 所指定的文件夹</translation>
    </message>
    <message>
        <source>Lists of folders (*.yaml *.yml)</source>
        <translation>文件夹列表 (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Choose where the model goes</source>
        <translation>选择模型的存放位置</translation>
    </message>
    <message>
        <source>Choose the pictures that it is taught</source>
        <translation>选择用来训练的图片</translation>
    </message>
</context>
<context>
    <name>ShelfRow</name>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Add to the prompt</source>
        <translation>加入提示词</translation>
    </message>
    <message>
        <source>Scale of %1</source>
        <translation>%1 的强度</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Paint with it</source>
        <translation>用它绘制</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>取下</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Put on</source>
        <translation>加上</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Back to the original shortcut</source>
        <translation>恢复原来的快捷键</translation>
    </message>
    <message>
        <source>Press the keys</source>
        <translation>请按键</translation>
    </message>
    <message>
        <source>Shortcut for: %1</source>
        <translation>快捷键：%1</translation>
    </message>
</context>
<context>
    <name>Slider</name>
    <message>
        <source>Mixed</source>
        <translation>多个值</translation>
    </message>
</context>
<context>
    <name>StartPicture</name>
    <message>
        <source>Nothing: from noise</source>
        <translation>无：从噪声开始</translation>
    </message>
    <message>
        <source>Paint from noise again</source>
        <translation>改回从噪声开始</translation>
    </message>
    <message>
        <source>Choose a picture to paint over</source>
        <translation>选择要在其上绘制的图片</translation>
    </message>
    <message>
        <source>How much may change</source>
        <translation>可改变的程度</translation>
    </message>
</context>
<context>
    <name>StudioPage</name>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.heic *.svg)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.heic *.svg)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>No picture here has words to describe it.</source>
        <translation>这里的图片都没有文字说明。</translation>
    </message>
    <message>
        <source>Drop the picture here to use its prompt and settings</source>
        <translation>把图片放到这里，采用它的提示词和设置</translation>
    </message>
</context>
<context>
    <name>TakeCard</name>
    <message>
        <source>Remove the star</source>
        <translation>取消星标</translation>
    </message>
    <message>
        <source>Star this take</source>
        <translation>给这张成图加星标</translation>
    </message>
    <message>
        <source>Delete this take</source>
        <translation>删除这张成图</translation>
    </message>
    <message>
        <source>Take without a prompt</source>
        <translation>没有提示词的成图</translation>
    </message>
    <message numerus="yes">
        <source>%n missing</source>
        <comment>facets of the prompt</comment>
        <translation>
            <numerusform>缺少 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>已加星标</translation>
    </message>
</context>
<context>
    <name>TakeDetails</name>
    <message>
        <source>Take</source>
        <translation>成图</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>取消星标</translation>
    </message>
    <message>
        <source>Star this take</source>
        <translation>给这张成图加星标</translation>
    </message>
    <message>
        <source>Delete this take</source>
        <translation>删除这张成图</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save as PNG or layered PSD</source>
        <translation>存为 PNG 或分层 PSD</translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation>使用它的设置</translation>
    </message>
    <message>
        <source>Seed, size and the rest become those of this take</source>
        <translation>种子、尺寸等都改为这张成图的值</translation>
    </message>
    <message>
        <source>Paint over it</source>
        <translation>在此图上绘制</translation>
    </message>
    <message>
        <source>The next takes begin with this picture instead of noise</source>
        <translation>后续成图从这张图片开始，而不是从噪声开始</translation>
    </message>
    <message>
        <source>Chosen from: %1</source>
        <translation>选自：%1</translation>
    </message>
</context>
<context>
    <name>TakeViewer</name>
    <message>
        <source>The previous take</source>
        <translation>上一张成图</translation>
    </message>
    <message>
        <source>Hold Space to see the previous take</source>
        <translation>按住空格键查看上一张成图</translation>
    </message>
    <message>
        <source>Back to the board</source>
        <translation>回到画板</translation>
    </message>
</context>
<context>
    <name>TakesStrip</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 个等待中</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>约剩 %1</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>成图</translation>
    </message>
    <message>
        <source>Painted pictures gather here. %1 paints one.</source>
        <translation>绘制好的图像会排在这里。按 %1 绘制一张。</translation>
    </message>
    <message>
        <source>Painted pictures gather here.</source>
        <translation>绘制好的图像会排在这里。</translation>
    </message>
    <message>
        <source>Variations: a grid of takes</source>
        <translation>变体：成图网格</translation>
    </message>
    <message>
        <source>Show large</source>
        <translation>放大查看</translation>
    </message>
    <message>
        <source>Remove the star</source>
        <translation>取消星标</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>加星标</translation>
    </message>
    <message>
        <source>Copy as file</source>
        <translation>复制为文件</translation>
    </message>
    <message>
        <source>Copy as pixels</source>
        <translation>复制像素</translation>
    </message>
    <message>
        <source>Copy the recipe</source>
        <translation>复制配方</translation>
    </message>
    <message>
        <source>Use its settings</source>
        <translation>使用它的设置</translation>
    </message>
    <message>
        <source>Paint over it</source>
        <translation>在此图上绘制</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Check again what it shows</source>
        <translation>重新检查画出了什么</translation>
    </message>
    <message>
        <source>Check what it shows</source>
        <translation>检查画出了什么</translation>
    </message>
    <message>
        <source>Look up what is missing</source>
        <translation>查找缺少的内容</translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message>
        <source>Teach it your pictures</source>
        <translation>用您的图片训练</translation>
    </message>
    <message>
        <source>Teaches %1 your own pictures, as a LoRA. Captions come from a text file beside each picture, else from the picture itself, else from its name.</source>
        <translation>用您自己的图片训练“%1”，得到一个 LoRA。说明文字取自图片旁的文本文件，否则取自图片内部，再否则取自文件名。</translation>
    </message>
    <message>
        <source>No pictures chosen</source>
        <translation>未选择图片</translation>
    </message>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>选择图片文件夹</translation>
    </message>
    <message>
        <source>Name of what it learns</source>
        <translation>所学内容的名称</translation>
    </message>
    <message>
        <source>Also how it sees references</source>
        <translation>同时训练它如何看参考图</translation>
    </message>
    <message>
        <source>Go on teaching</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Saves what was learnt; it can go on later</source>
        <translation>保存已学到的内容；以后可以继续</translation>
    </message>
    <message>
        <source>Teaching %1</source>
        <translation>正在训练 %1</translation>
    </message>
    <message>
        <source>Sample %1 of what it has learnt</source>
        <translation>所学内容的样张 %1</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>VariationsPanel</name>
    <message>
        <source>Values, with commas between them</source>
        <translation>取值，以逗号分隔</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>A grid of takes with labels, laid onto the board in one step when it is painted.</source>
        <translation>带标签的成图网格，绘制完成后一步放到画板上。</translation>
    </message>
    <message>
        <source>From left to right</source>
        <translation>从左到右</translation>
    </message>
    <message>
        <source>From top to bottom</source>
        <translation>从上到下</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘制</translation>
    </message>
</context>
<context>
    <name>WebCardBar</name>
    <message>
        <source>Picture on the web</source>
        <translation>网上的图片</translation>
    </message>
    <message>
        <source>From %1: %2</source>
        <translation>来自 %1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures are at %1. They have not been fetched yet.</source>
        <translation>
            <numerusform>%n 张图片位于 %1，尚未获取。</numerusform>
        </translation>
    </message>
    <message>
        <source>The picture is at %1. It has not been fetched yet.</source>
        <translation>图片位于 %1，尚未获取。</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>正在获取</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Fetch the pictures</source>
        <translation>获取这些图片</translation>
    </message>
    <message>
        <source>Fetch the picture</source>
        <translation>获取图片</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>在浏览器中打开</translation>
    </message>
    <message>
        <source>Asks %1 for it, this once</source>
        <translation>仅此一次向 %1 索取</translation>
    </message>
</context>
<context>
    <name>WhyText</name>
    <message>
        <source>text and picture %1</source>
        <translation>图文相似 %1</translation>
    </message>
    <message>
        <source>words %1</source>
        <translation>词语 %1</translation>
    </message>
    <message>
        <source>colour %1</source>
        <translation>颜色 %1</translation>
    </message>
    <message>
        <source>pins and drops %1</source>
        <translation>固定与弃用 %1</translation>
    </message>
    <message>
        <source>your own picture</source>
        <translation>您自己的图片</translation>
    </message>
    <message>
        <source>like the others %1</source>
        <translation>与其余结果相似 %1</translation>
    </message>
    <message>
        <source>found by an earlier search</source>
        <translation>由先前的查找找到</translation>
    </message>
    <message>
        <source>merely the nearest</source>
        <translation>只是最接近的</translation>
    </message>
</context>
<context>
    <name>moodloom::board::Board</name>
    <message>
        <source>Untitled board</source>
        <translation>未命名画板</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Place references</source>
        <translation>摆放参考图</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>翻转</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>弃用</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Bring to front</source>
        <translation>移到最前</translation>
    </message>
    <message>
        <source>Send to back</source>
        <translation>移到最后</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>排列</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>添加便签</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>编辑便签</translation>
    </message>
    <message>
        <source>Add frame</source>
        <translation>添加画框</translation>
    </message>
    <message>
        <source>Edit prompt</source>
        <translation>编辑提示词</translation>
    </message>
    <message>
        <source>Put on shelf</source>
        <translation>放上搁架</translation>
    </message>
    <message>
        <source>Take from shelf</source>
        <translation>从搁架取下</translation>
    </message>
    <message>
        <source>Remove take</source>
        <translation>移除成图</translation>
    </message>
    <message>
        <source>Star take</source>
        <translation>加星标</translation>
    </message>
    <message>
        <source>Unstar take</source>
        <translation>取消星标</translation>
    </message>
    <message>
        <source>Show take</source>
        <translation>显示成图</translation>
    </message>
    <message>
        <source>Distribute</source>
        <translation>均匀分布</translation>
    </message>
    <message>
        <source>Normalize size</source>
        <translation>统一大小</translation>
    </message>
    <message>
        <source>Pack</source>
        <translation>紧密排列</translation>
    </message>
    <message>
        <source>Arrange in a grid</source>
        <translation>排成网格</translation>
    </message>
    <message>
        <source>Bring forward</source>
        <translation>上移一层</translation>
    </message>
    <message>
        <source>Send backward</source>
        <translation>下移一层</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>编组</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消编组</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Greyscale</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Show all of the picture</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Move the picture inside its crop</source>
        <translation>在裁剪框内移动图片</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>手绘</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Facet</source>
        <translation>要素</translation>
    </message>
    <message>
        <source>Note acts</source>
        <translation>便签起作用</translation>
    </message>
    <message>
        <source>Note as comment</source>
        <translation>便签作备注</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Add web addresses</source>
        <translation>添加网址</translation>
    </message>
    <message>
        <source>Fetch picture</source>
        <translation>获取图片</translation>
    </message>
    <message>
        <source>Change picture settings</source>
        <translation>更改画面设置</translation>
    </message>
    <message>
        <source>Note colour</source>
        <translation>便签颜色</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>Newer picture from another program</source>
        <translation>来自其他程序的新版图片</translation>
    </message>
    <message>
        <source>Picture from another program</source>
        <translation>来自其他程序的图片</translation>
    </message>
    <message>
        <source>Use the settings of %1</source>
        <translation>采用 %1 的设置</translation>
    </message>
    <message>
        <source>Bind picture</source>
        <translation>绑定图片</translation>
    </message>
    <message>
        <source>Unbind picture</source>
        <translation>解绑图片</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Place reference</source>
        <translation>放置参考图</translation>
    </message>
    <message>
        <source>Place guide</source>
        <translation>放置参考线</translation>
    </message>
    <message>
        <source>Remove guide</source>
        <translation>移除参考线</translation>
    </message>
    <message>
        <source>Move guide</source>
        <translation>移动参考线</translation>
    </message>
    <message>
        <source>Remove all guides</source>
        <translation>移除所有参考线</translation>
    </message>
    <message>
        <source>Turn upright</source>
        <translation>转正</translation>
    </message>
    <message>
        <source>Original size</source>
        <translation>原始大小</translation>
    </message>
    <message>
        <source>Change variations</source>
        <translation>更改变体</translation>
    </message>
    <message>
        <source>Move chip</source>
        <translation>移动标签</translation>
    </message>
    <message>
        <source>Merge chips</source>
        <translation>合并标签</translation>
    </message>
    <message>
        <source>Split chip</source>
        <translation>拆分标签</translation>
    </message>
    <message>
        <source>Weigh words</source>
        <translation>调整词语权重</translation>
    </message>
    <message>
        <source>Place what is missing</source>
        <translation>放置缺少的内容</translation>
    </message>
    <message>
        <source>Locate files</source>
        <translation>定位文件</translation>
    </message>
</context>
<context>
    <name>moodloom::exporting</name>
    <message>
        <source>Reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>成图</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>便签</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>手绘</translation>
    </message>
</context>
<context>
    <name>moodloom::session::ExchangeFolder</name>
    <message>
        <source>Pictures from another program</source>
        <translation>来自其他程序的图片</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::ActionRegistry</name>
    <message>
        <source>on the board</source>
        <translation>在画板上</translation>
    </message>
    <message>
        <source>%1 is kept for “%2”.</source>
        <translation>%1 保留给“%2”。</translation>
    </message>
    <message>
        <source>“%1” had %2 and has no shortcut now.</source>
        <translation>“%1”原来使用 %2，现在没有快捷键了。</translation>
    </message>
    <message>
        <source>in the prompt</source>
        <translation>在提示词中</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::AddonModel</name>
    <message>
        <source>Image encoder</source>
        <translation>图像编码器</translation>
    </message>
    <message>
        <source>ControlNet, follows %1</source>
        <translation>ControlNet，依照 %1</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::BoardCanvas</name>
    <message>
        <source>Select two pictures, or a picture and a painted frame, to compare them</source>
        <translation>请选择两张图片，或一张图片和一个已绘制的画框来比较</translation>
    </message>
    <message>
        <source>Items snap to their neighbors; Ctrl lets them go</source>
        <translation>对象会吸附到相邻对象；按住 Ctrl 可暂时不吸附</translation>
    </message>
    <message>
        <source>Items no longer snap to their neighbors</source>
        <translation>对象不再吸附到相邻对象</translation>
    </message>
    <message>
        <source>There is no picture or frame to present yet</source>
        <translation>还没有可放映的图片或画框</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 项，共 %2 项</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) copied</source>
        <translation>
            <numerusform>已复制 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Pixels copied</source>
        <translation>已复制像素</translation>
    </message>
    <message>
        <source>Recipe copied</source>
        <translation>已复制配方</translation>
    </message>
    <message>
        <source>This picture does not say how it was made</source>
        <translation>这张图片没有写明制作方式</translation>
    </message>
    <message>
        <source>This is a take of this board: its frame shows it</source>
        <translation>这是本画板的一张成图：它的画框正显示它</translation>
    </message>
    <message>
        <source>This note is locked</source>
        <translation>此便签已锁定</translation>
    </message>
    <message>
        <source>Point at a picture to take a colour of it</source>
        <translation>请指向一张图片以拾取颜色</translation>
    </message>
    <message>
        <source>Drag the handles, or Tab to the next one and move it by the arrow keys; Enter ends</source>
        <translation>拖动控制点，或按 Tab 换到下一个、用方向键移动；回车结束</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::BoardController</name>
    <message>
        <source>Not saved: %1 Your edits are kept here and written as soon as that is possible.</source>
        <translation>尚未保存：%1 您的修改保留在此，一旦可行便会写入。</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture “%1”</source>
        <translation>图片“%1”</translation>
    </message>
    <message>
        <source>%1, pinned</source>
        <translation>%1，已固定</translation>
    </message>
    <message>
        <source>Note “%1”</source>
        <translation>便签“%1”</translation>
    </message>
    <message>
        <source>Frame without a prompt</source>
        <translation>没有提示词的画框</translation>
    </message>
    <message>
        <source>Frame “%1”</source>
        <translation>画框“%1”</translation>
    </message>
    <message>
        <source>%1 items</source>
        <translation>%1 个对象</translation>
    </message>
    <message>
        <source>%1 linked files are in the board now</source>
        <translation>%1 个链接的文件现已存入画板</translation>
    </message>
    <message>
        <source>Every picture is in the board already</source>
        <translation>所有图片都已在画板中</translation>
    </message>
    <message>
        <source>%1 linked files are in the board now; these are gone or have changed:
%2</source>
        <translation>%1 个链接的文件现已存入画板；以下文件已消失或已更改：
%2</translation>
    </message>
    <message>
        <source>This board is damaged: %1 records and %2 pictures. &quot;moodloom board repair&quot; saves the rest to a new file.</source>
        <translation>此画板已损坏：%1 条记录和 %2 张图片。“moodloom board repair”可将其余内容存入新文件。</translation>
    </message>
    <message>
        <source>The board is whole, but linked files are gone or have changed:
%1</source>
        <translation>画板完好，但有链接的文件已消失或已更改：
%1</translation>
    </message>
    <message>
        <source>Checked %1 items and %2 pictures: all is whole</source>
        <translation>已检查 %1 个项目和 %2 张图片：全部完好</translation>
    </message>
    <message>
        <source>The board&apos;s file is %1 smaller</source>
        <translation>画板文件减小了 %1</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>手绘</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are in the board now</source>
        <translation>
            <numerusform>现在有 %n 个文件在画板中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) are links to their files now</source>
        <translation>
            <numerusform>现在有 %n 张图片链接到其文件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; of these there is no unchanged file:
%2</source>
        <translation>%1；以下图片没有未改动的文件：
%2</translation>
    </message>
    <message>
        <source>Its file is in the board</source>
        <translation>文件已在画板中</translation>
    </message>
    <message>
        <source>The board has no file of it</source>
        <translation>画板中没有它的文件</translation>
    </message>
    <message>
        <source>Linked to %1</source>
        <translation>链接到 %1</translation>
    </message>
    <message>
        <source>Files that you add to this board stay where they are</source>
        <translation>添加到此画板的文件将保留在原处</translation>
    </message>
    <message>
        <source>Files that you add are copied into this board</source>
        <translation>添加的文件将复制到此画板中</translation>
    </message>
    <message>
        <source>What was done cannot be undone any more; what only that needed leaves the file when it is closed</source>
        <translation>之前的操作已不能撤销；仅为此保留的内容会在关闭时从文件中移除</translation>
    </message>
    <message>
        <source>Empty note</source>
        <translation>空便签</translation>
    </message>
    <message>
        <source>Picture at %1, not fetched</source>
        <translation>位于 %1 的图片，尚未获取</translation>
    </message>
    <message>
        <source>Picture “%1” at %2, not fetched</source>
        <translation>位于 %2 的图片“%1”，尚未获取</translation>
    </message>
    <message>
        <source>Found its file</source>
        <translation>已找到它的文件</translation>
    </message>
    <message numerus="yes">
        <source>Found the files of %n picture(s)</source>
        <translation>
            <numerusform>已找到 %n 张图片的文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Its file is gone: %1</source>
        <translation>它的文件不见了：%1</translation>
    </message>
    <message>
        <source>Select one picture whose file is gone</source>
        <translation>请选择一张文件已不见的图片</translation>
    </message>
    <message>
        <source>Nothing of this picture is gone</source>
        <translation>这张图片的文件没有缺失</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::BoardTabs</name>
    <message>
        <source>The last changes could not be written yet</source>
        <translation>最近的更改尚未写入</translation>
    </message>
    <message>
        <source>Can only be looked at: %1</source>
        <translation>只能查看：%1</translation>
    </message>
    <message>
        <source>No name yet; saved automatically</source>
        <translation>尚未命名；自动保存</translation>
    </message>
    <message>
        <source>A picture was not painted for this board</source>
        <translation>有一张图未能为此画板绘制</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::DownloadModel</name>
    <message>
        <source>size not known</source>
        <translation>大小未知</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 free there</source>
        <translation>该处可用 %1</translation>
    </message>
    <message>
        <source>Not enough room: %1 free there</source>
        <translation>空间不足：该处可用 %1</translation>
    </message>
    <message>
        <source>Checking what is there</source>
        <translation>正在检查已有的部分</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>%1 could not be fetched: %2.</source>
        <translation>无法获取 %1：%2。</translation>
    </message>
    <message>
        <source>The token of HF_TOKEN is used.</source>
        <translation>使用 HF_TOKEN 中的令牌。</translation>
    </message>
    <message>
        <source>A token is kept in the keyring.</source>
        <translation>令牌保存在密钥环中。</translation>
    </message>
    <message>
        <source>Only models behind a licence or a login need one.</source>
        <translation>只有需要接受许可或登录的模型才用得到。</translation>
    </message>
    <message>
        <source>The keyring: %1</source>
        <translation>密钥环：%1</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::Exporter</name>
    <message>
        <source>take</source>
        <translation>成图</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::FacetModel</name>
    <message>
        <source>setting</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>style</source>
        <translation>风格</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::FailedTakeModel</name>
    <message numerus="yes">
        <source>%n picture(s) not painted</source>
        <translation>
            <numerusform>%n 张图未能绘制</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) of the grid not painted</source>
        <translation>
            <numerusform>网格中有 %n 张图未能绘制</numerusform>
        </translation>
    </message>
    <message>
        <source>This take cannot be shown</source>
        <translation>这张成图无法显示</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::Format</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分钟</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::GroundingModel</name>
    <message>
        <source>, </source>
        <comment>between facets</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Nothing more was found for what is missing</source>
        <translation>没有为缺少的内容找到更多的图</translation>
    </message>
    <message numerus="yes">
        <source>%n new picture(s) for: %1</source>
        <translation>
            <numerusform>为“%1”新找到 %n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a take: what it does not show is looked up</source>
        <translation>请先选择一张成图：将查找其中没有画出的内容</translation>
    </message>
    <message>
        <source>Nothing is missing in this take</source>
        <translation>这张成图没有缺少什么</translation>
    </message>
    <message>
        <source>Check the take first: it tells what is missing</source>
        <translation>请先检查这张成图：检查会说明缺少什么</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::ImportProgress</name>
    <message>
        <source>Looking for pictures</source>
        <translation>正在寻找图片</translation>
    </message>
    <message>
        <source>Paused at %1 of %2</source>
        <translation>已暂停：%1 / %2</translation>
    </message>
    <message>
        <source>Drawing %1 of %2</source>
        <translation>正在绘制 %1 / %2</translation>
    </message>
    <message>
        <source>Understanding %1 of %2</source>
        <translation>正在理解 %1 / %2</translation>
    </message>
    <message>
        <source>Indexing %1 of %2</source>
        <translation>正在索引 %1 / %2</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>每秒 %1 张</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 张失败</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::Language</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::LibraryModel</name>
    <message>
        <source>%1 holds none of the pictures of %2. Choose the folder that has the same pictures in the same places.</source>
        <translation>%1 中没有 %2 的任何图片。请选择在相同位置存有相同图片的文件夹。</translation>
    </message>
    <message>
        <source>Found %1 of %2 pictures in %3. The others are looked for there by their content.</source>
        <translation>已在 %3 中找到 %2 张图片中的 %1 张，其余的将按内容在其中查找。</translation>
    </message>
    <message numerus="yes">
        <source>Found all %n picture(s) in %1</source>
        <translation>
            <numerusform>已在 %1 中找到全部 %n 张图片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::OriginModel</name>
    <message>
        <source>Avoid</source>
        <translation>避免</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>ControlNet</source>
        <translation>ControlNet</translation>
    </message>
    <message>
        <source>Painted over</source>
        <translation>底图</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>%1 does not say how it was made.</source>
        <translation>%1 没有写明制作方式。</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::PaintOptions</name>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>精细</translation>
    </message>
    <message numerus="yes">
        <source>%n steps</source>
        <translation>
            <numerusform>%n 步</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moodloom::ui::PromptModel</name>
    <message>
        <source>picture</source>
        <extracomment>Any word of the language: what is described is then told in Chinese or in English</extracomment>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::ReferencesModel</name>
    <message numerus="yes">
        <source>%n reference(s)</source>
        <translation>
            <numerusform>%n 张参考图</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in %2 ms</source>
        <translation>%1，用时 %2 毫秒</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>整幅画面</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::ShelfModel</name>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>LoRAs</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>ControlNets</source>
        <translation>ControlNet</translation>
    </message>
    <message>
        <source>IP-Adapters</source>
        <translation>IP-Adapter</translation>
    </message>
    <message>
        <source>VAEs</source>
        <translation>VAE</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Every family</source>
        <translation>所有系列</translation>
    </message>
    <message>
        <source>Model · comes with Moodloom</source>
        <translation>模型 · 随 Moodloom 提供</translation>
    </message>
    <message>
        <source>Looking through the folders</source>
        <translation>正在查找文件夹</translation>
    </message>
    <message>
        <source>Looking at %1 of %2: %3</source>
        <translation>正在查看第 %1 个，共 %2 个：%3</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::TakeModel</name>
    <message>
        <source>The take is copied as a file</source>
        <translation>成图已复制为文件</translation>
    </message>
    <message>
        <source>The take&apos;s pixels are copied</source>
        <translation>成图的像素已复制</translation>
    </message>
    <message>
        <source>The take&apos;s recipe is copied</source>
        <translation>成图的配方已复制</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::TeachModel</name>
    <message>
        <source>A name has no slashes and does not begin with a dot.</source>
        <translation>名称不能含斜杠，也不能以点开头。</translation>
    </message>
    <message>
        <source>There is a LoRA of that name: choose another one.</source>
        <translation>已有同名的 LoRA：请换一个名称。</translation>
    </message>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>the built-in model</source>
        <translation>内置模型</translation>
    </message>
    <message>
        <source>Reading the pictures</source>
        <translation>正在读取图片</translation>
    </message>
    <message numerus="yes">
        <source>%n pictures, </source>
        <translation>
            <numerusform>%n 张图片，</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with captions</source>
        <translation>
            <numerusform>%n 张有说明文字</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Loading the model: %2 %</source>
        <translation>%1。正在加载模型：%2 %</translation>
    </message>
    <message>
        <source>Step %1, %2 pictures a second</source>
        <translation>第 %1 步，每秒 %2 张图片</translation>
    </message>
    <message>
        <source>Saving what was learnt</source>
        <translation>正在保存已学到的内容</translation>
    </message>
    <message>
        <source>Stopped before anything was learnt.</source>
        <translation>还没学到任何内容就停止了。</translation>
    </message>
    <message>
        <source>Stopped at step %1 and saved; it can go on.</source>
        <translation>在第 %1 步停止并已保存；可以继续。</translation>
    </message>
    <message>
        <source>Learnt in %1 steps: %2 is on the shelf.</source>
        <translation>%1 步学完：%2 已在模型架上。</translation>
    </message>
    <message>
        <source>Loss of the same noise: %1, at first %2</source>
        <translation>同一噪声的损失：%1，起初为 %2</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::VariationAxisModel</name>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>weight %1</source>
        <translation>权重 %1</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::VariationsModel</name>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Weight of all references</source>
        <translation>所有参考图的权重</translation>
    </message>
    <message>
        <source>Weight of “%1”</source>
        <translation>“%1”的权重</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>Words: %1</source>
        <translation>文字：%1</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: at most %2 at a time</source>
        <translation>%1：一次最多 %2 张</translation>
    </message>
    <message>
        <source>%1 of %2 painted</source>
        <translation>已绘制 %1 / %2</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::WebPictures</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 和另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 fetched</source>
        <translation>已获取 %1</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>not fetched</source>
        <translation>未获取</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>fetching…</source>
        <translation>获取中…</translation>
    </message>
    <message>
        <source>This card is locked</source>
        <translation>此卡片已锁定</translation>
    </message>
    <message>
        <source>Not fetched from %1: %2.</source>
        <translation>未能从 %1 获取：%2。</translation>
    </message>
    <message>
        <source>Select the card of a web address first</source>
        <translation>请先选择一张网址卡片</translation>
    </message>
</context>
<context>
    <name>moodloom::ui::Workspace</name>
    <message>
        <source>Painting is much slower than it could be, because a slow arithmetic library (BLAS) is in use. Install libopenblas0-pthread and start Moodloom again.</source>
        <translation>绘制速度远低于应有水平，因为正在使用较慢的运算库 (BLAS)。请安装 libopenblas0-pthread 并重新启动 Moodloom。</translation>
    </message>
</context>
</TS>
